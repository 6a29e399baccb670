import { BadRequestException, ConflictException, Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, ServiceContext, Work } from '@railhead/service-kit';
import { PartnerStore, type GivenProfile, type PartnerVersion } from '../store/partner.store.js';
import { changesByFile } from './partner-changes.js';
import { expiredIn } from './as2-slips.js';
import { authPlace, secretOf, withSecret } from './as2-profile.js';
import { PartnerDirectory } from './partner-directory.js';
import type { FileEntry } from './partner-file.js';
import { clashesIn, Partner } from './partner.js';
import { ProfileSecrets } from './profile-secrets.js';
import { slipsIn } from './profile-slips.js';
import { withoutRetired } from './retired-fields.js';

/** The partners that the file named at the start, and where it is. */
export abstract class PartnerSource {
  abstract readonly file: string;
  abstract readonly entries: readonly FileEntry[] | undefined;
}

/** Who changes a profile and why; and which version they have seen. */
export interface Change {
  readonly by: string;
  readonly reason: string;
  /** The version that the change is made to, 0 for a new partner; `undefined`: whatever it is now. */
  readonly onto?: number | undefined;
}

/** Keeps the profiles of partners with their history, and the directory as they stand. */
@Injectable()
export class PartnerRegistry implements OnModuleInit {
  /** Why the file of partners is not what counts now. */
  fileProblem: string | undefined;
  private seen = -1;

  constructor(
    private readonly store: PartnerStore,
    private readonly directory: PartnerDirectory,
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly context: ServiceContext,
    private readonly secrets: ProfileSecrets,
    @Inject(PartnerSource) private readonly source: PartnerSource,
  ) {}

  /** Before any door opens. A file at odds with what came over the API does not keep us from the rest. */
  async onModuleInit(): Promise<void> {
    if (this.source.entries !== undefined)
      await this.takeFile(this.source.entries).catch((error: unknown) => {
        if (!(error instanceof UnusableProfile)) throw error;
        this.fileProblem = error.message;
        this.context.log.error({ err: error }, 'the file of partners is not taken over');
      });
    await this.refresh();
  }

  /**
   * Takes over what the file changes: all of it, or nothing.
   *
   * @throws UnusableProfile when a partner of the file has an id or a key of another partner, or a secret that was sealed
   * for another place.
   */
  async takeFile(given: readonly FileEntry[]): Promise<number> {
    const entries = await Promise.all(given.map((one) => this.withSeal(one)));
    const count = await this.work.run(async (tx) => {
      await this.store.lock(tx);
      const [latest, imported] = [await this.store.latest(tx), await this.store.importedHashes(tx)];
      const changes = changesByFile(entries, latest, imported, this.source.file);
      for (const change of changes) await this.store.add(change, this.clock.now(), tx);
      if (changes.length > 0) this.mustNotClash(await this.store.latest(tx));
      return changes.length;
    });
    await this.refresh();
    return count;
  }

  /**
   * A new version of a partner's profile; `null` ends it as a partner.
   *
   * @throws BadRequestException with every fault; ConflictException when somebody else was faster.
   */
  async change(name: string, profile: GivenProfile | null, { by, reason, onto }: Change): Promise<PartnerVersion> {
    await this.work.run(async (tx) => {
      await this.store.lock(tx);
      const before = (await this.store.latest(tx)).find(({ partner }) => partner === name);
      if (onto !== undefined && !versionsOf(before).includes(onto)) throw overtaken(name, onto, before?.version ?? 0);
      const next = profile === null ? null : await this.checked(name, withKeyOf(before, profile), before?.profile);
      await this.store.add(
        { partner: name, profile: next, origin: 'api', changedBy: by, reason },
        this.clock.now(),
        tx,
      );
      this.mustNotClash(await this.store.latest(tx));
    });
    await this.refresh();
    return (await this.store.history(name))[0]!;
  }

  /** The directory shows what the database has. Cheap when nothing has changed. */
  async refresh(): Promise<void> {
    const changes = await this.store.changes();
    if (changes === this.seen) return;
    this.directory.replace(this.readable(await this.store.latest()));
    this.seen = changes;
  }

  private readable(versions: readonly PartnerVersion[]): Partner[] {
    return versions.flatMap((one) => {
      if (one.profile === null) return [];
      const parsed = Partner.safeParse(withoutRetired(one.profile));
      if (parsed.success) return [parsed.data];
      // Written by a newer or older version of the program: the others go on, and somebody learns of it.
      this.context.log.error(
        { partner: one.partner, problems: parsed.error.issues },
        'a stored profile cannot be read',
      );
      return [];
    });
  }

  /** @throws BadRequestException with every fault. */
  private async checked(name: string, profile: GivenProfile, before: unknown): Promise<GivenProfile> {
    const parsed = Partner.safeParse(profile);
    if (!parsed.success) throw badProfile(parsed.error.issues);
    const { data: partner } = parsed;
    const expired = partner.as2 === undefined ? [] : expiredIn(partner.as2, before, this.clock.now());
    const faults = [...slipsIn(partner), ...expired];
    if (partner.name !== name) faults.push({ path: ['name'], message: `the profile is of ${name}` });
    const given = await this.withSecretSealed(partner, profile);
    if (given === undefined) faults.push({ path: ['as2', 'auth'], message: NOT_OURS });
    if (given === undefined || faults.length > 0) throw badProfile(faults);
    return given;
  }

  private async withSeal(entry: FileEntry): Promise<FileEntry> {
    const given = await this.withSecretSealed(entry.partner, entry.given);
    if (given === undefined) throw new UnusableProfile(`the auth of ${entry.partner.name}: ${NOT_OURS}`);
    return { ...entry, given };
  }

  /** @returns `undefined` when it was sealed for another partner, server or installation. */
  private async withSecretSealed(partner: Partner, given: GivenProfile): Promise<GivenProfile | undefined> {
    const { name, as2 } = partner;
    if (as2?.auth === undefined) return given;
    const secret = await this.secrets.sealed(secretOf(as2.auth), authPlace(name, as2));
    if (secret === undefined) return undefined;
    return { ...given, as2: { ...(given['as2'] as object), auth: withSecret(as2.auth, secret) } };
  }

  private mustNotClash(versions: readonly PartnerVersion[]): void {
    const [clash] = clashesIn(this.readable(versions));
    if (clash !== undefined) throw new PartnerClash(clash);
  }
}

/** A profile is as it should be, and still cannot be used here. */
export class UnusableProfile extends ConflictException {}

/** Two partners could be taken for each other. */
export class PartnerClash extends UnusableProfile {}

const NOT_OURS = 'this was sealed for another partner, server or installation: say it anew, in the clear';

/** A key is made by us and stays until another is made: who changes a profile may leave it out. */
function withKeyOf(before: PartnerVersion | undefined, profile: GivenProfile): GivenProfile {
  const keySha256 = before?.profile?.['keySha256'];
  return keySha256 === undefined ? profile : { keySha256, ...profile };
}

/** What a change may be made to: the version of now; a partner that ended may begin anew with 0. */
function versionsOf(before: PartnerVersion | undefined): readonly number[] {
  if (before === undefined) return [0];
  return before.profile === null ? [0, before.version] : [before.version];
}

function overtaken(name: string, onto: number, now: number): ConflictException {
  const next = 'fetch it, make your change to that, and send it with this version';
  return new ConflictException(`the profile of ${name} is at version ${now}, not ${onto}: ${next}`);
}

function badProfile(faults: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Error {
  const issues = faults.map(({ path, message }) => ({ at: `/${path.map(String).join('/')}`, message }));
  return new BadRequestException({ error: 'BAD_PROFILE', message: 'the profile has faults', issues });
}
