import { Inject, Injectable } from '@nestjs/common';
import { Surroundings } from '../surroundings.js';
import { isSealed, sealIn, type Seal } from './seal.js';

/** What profiles say in confidence: kept sealed, and opened when it is needed. */
@Injectable()
export class ProfileSecrets {
  private readonly home: string;
  private sealing: Promise<Seal> | undefined;

  constructor(@Inject(Surroundings) { config }: Surroundings) {
    this.home = config.home;
  }

  /** @returns what may be kept; `undefined` for what was sealed for another place. */
  async sealed(text: string, place: string): Promise<string | undefined> {
    const seal = await this.seal();
    if (!isSealed(text)) return seal.close(text, place);
    return seal.open(text, place) === undefined ? undefined : text;
  }

  /** @returns what was sealed; `undefined` when it cannot be opened here. */
  async revealed(text: string, place: string): Promise<string | undefined> {
    return isSealed(text) ? (await this.seal()).open(text, place) : text;
  }

  /** Read once, when there is something to seal or to open. */
  private seal(): Promise<Seal> {
    this.sealing ??= sealIn(this.home).catch((error: unknown) => {
      this.sealing = undefined;
      throw error;
    });
    return this.sealing;
  }
}
