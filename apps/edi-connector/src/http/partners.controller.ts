import { Body, Controller, Delete, Get, NotFoundException, Param, Post, Put } from '@nestjs/common';
import { Access, parseBody } from '@railhead/service-kit';
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { PartnerRegistry } from '../partners/partner-registry.js';
import { withoutRetired } from '../partners/retired-fields.js';
import { PartnerStore, type GivenProfile, type PartnerVersion } from '../store/partner.store.js';

const Why = {
  actor: z.string().min(1).max(120),
  reason: z.string().trim().min(3).max(500),
  /** The version that it is a change of; another one meanwhile: 409. */
  version: z.int().min(0).optional(),
};
const ChangeBody = z.strictObject({
  /** The whole profile; what is left out is as usual. */
  profile: z.record(z.string(), z.unknown()),
  ...Why,
});
const ReasonBody = z.strictObject(Why);

/**
 * Profiles of partners, with their history. The gateway asks here for those of its callers who may, and says who it is;
 * scripts of the installation ask with its token.
 */
@Controller(['', 'ops/edi-connector']) // under the second the gateway asks
export class PartnersController {
  constructor(
    private readonly registry: PartnerRegistry,
    private readonly directory: PartnerDirectory,
    private readonly store: PartnerStore,
  ) {}

  @Get('edi/partners')
  @Access('internal')
  async list(): Promise<object> {
    const versions = (await this.store.latest()).filter(({ profile }) => profile !== null);
    return {
      partners: versions.map((one) => ({ ...summaryOf(one), ...this.shortOf(one.partner) })),
      ...(this.registry.fileProblem !== undefined && { fileProblem: this.registry.fileProblem }),
    };
  }

  @Get('edi/partners/:name')
  @Access('internal')
  async show(@Param('name') name: string): Promise<object> {
    const now = await this.current(name);
    return { ...now, effective: this.directory.byName(name) };
  }

  @Get('edi/partners/:name/history')
  @Access('internal')
  async history(@Param('name') name: string): Promise<object> {
    const versions = await this.store.history(name);
    if (versions.length === 0) throw new NotFoundException(`there was never a partner ${name}`);
    return { versions };
  }

  @Put('edi/partners/:name')
  @Access('internal')
  async change(@Param('name') name: string, @Body() body: unknown): Promise<PartnerVersion> {
    const { profile, actor, reason, version } = parseBody(ChangeBody, body);
    return this.registry.change(name, profile, { by: actor, reason, onto: version });
  }

  @Delete('edi/partners/:name')
  @Access('internal')
  async end(@Param('name') name: string, @Body() body: unknown): Promise<PartnerVersion> {
    const { actor, reason, version } = parseBody(ReasonBody, body);
    await this.current(name);
    return this.registry.change(name, null, { by: actor, reason, onto: version });
  }

  /** A new key to post and fetch with. It is shown this once; kept is its SHA-256. The one before stops at once. */
  @Post('edi/partners/:name/key')
  @Access('internal')
  async newKey(@Param('name') name: string, @Body() body: unknown): Promise<{ key: string; version: number }> {
    const { actor, reason } = parseBody(ReasonBody, body);
    const { profile, version: onto } = await this.current(name);
    const key = `${name}-${randomBytes(3).toString('hex')}.${randomBytes(32).toString('base64url')}`;
    const keySha256 = createHash('sha256').update(key).digest('hex');
    const change = { by: actor, reason, onto };
    const { version } = await this.registry.change(name, { ...withoutRetired(profile), keySha256 }, change);
    return { key, version };
  }

  private async current(name: string): Promise<PartnerVersion & { readonly profile: GivenProfile }> {
    const found = (await this.store.latest()).find(({ partner }) => partner === name);
    if (found === undefined || found.profile === null) throw new NotFoundException(`there is no partner ${name}`);
    return { ...found, profile: found.profile };
  }

  private shortOf(name: string): object {
    const partner = this.directory.byName(name);
    if (partner === undefined) return { problem: 'the stored profile cannot be read' };
    const { displayName, accountId, role, usage, version, transport } = partner;
    return { displayName, accountId, role, usage, x12: version, transport };
  }
}

function summaryOf({ partner, version, origin, changedBy, changedAt }: PartnerVersion): object {
  return { name: partner, version, origin, changedBy, changedAt };
}
