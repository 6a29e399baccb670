import { HttpException, Injectable } from '@nestjs/common';
import { Failure } from '@railhead/service-kit';
import { join } from 'node:path';
import { tooLarge } from '../http/uploaded.js';
import type { As2Answer } from './as2-answer.js';
import { As2Receiver } from './as2-receiver.js';
import { As2Settings } from './as2-settings.js';
import type { HeaderFields } from './mime/header-fields.js';
import { SpooledBody } from './spooled-body.js';

/** Larger bodies wait on the disk until it is their turn. */
const IN_MEMORY_MAX = 1024 * 1024;
/** So many large ones may be under way; whoever comes then is told to come again. */
const LARGE_MAX = 20;

/**
 * Takes bodies in. To open a message takes several times its size in memory: small ones are opened as they come, large ones
 * are put on the disk, however slowly they come, and opened one after the other.
 */
@Injectable()
export class As2Intake {
  private large = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly receiver: As2Receiver,
    private readonly settings: As2Settings,
  ) {}

  /**
   * @throws HttpException 413 for what is too large, 415 for what is compressed by HTTP; Failure when it should come again
   * later; whatever `chunks` throws.
   */
  async take(headers: HeaderFields, chunks: AsyncIterable<Buffer>): Promise<As2Answer> {
    mustBeBare(headers);
    const { bytesMax } = this.settings;
    const head: Buffer[] = [];
    let size = 0;
    let spooled: SpooledBody | undefined;
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        if (size > bytesMax) throw tooLarge(bytesMax);
        head.push(chunk);
        if (size <= IN_MEMORY_MAX) continue;
        spooled ??= await this.setAside();
        await spooled.add(head.splice(0));
      }
      return await (spooled === undefined
        ? this.receiver.take(headers, Buffer.concat(head))
        : this.inTurn(headers, spooled));
    } finally {
      if (spooled !== undefined) await this.letGo(spooled);
    }
  }

  private async setAside(): Promise<SpooledBody> {
    if (this.large >= LARGE_MAX) throw Failure.transient('RATE_LIMITED', 'too many large AS2 messages at once');
    this.large += 1;
    try {
      return await SpooledBody.open(join(this.settings.home, 'receiving'));
    } catch (error) {
      this.large -= 1;
      throw error;
    }
  }

  private async letGo(spooled: SpooledBody): Promise<void> {
    this.large -= 1;
    await spooled.close();
  }

  private inTurn(headers: HeaderFields, spooled: SpooledBody): Promise<As2Answer> {
    const answer = this.turn.then(async () => this.receiver.take(headers, await spooled.read()));
    this.turn = answer.catch(() => undefined);
    return answer;
  }
}

/** AS2 compresses within the message; over that nobody could tell which bytes were signed. */
function mustBeBare(headers: HeaderFields): void {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  const message = 'a body is taken without Content-Encoding; AS2 compresses within the message';
  throw new HttpException({ error: 'UNSUPPORTED_ENCODING', message }, 415);
}
