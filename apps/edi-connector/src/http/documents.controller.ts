import { Controller, Get, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import { Access, parseBody } from '@railhead/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { readProgress } from '../door/progress.js';
import { DocumentStore, type KeptDocument } from '../store/document.store.js';
import { ReadingStore, type StoredReading } from '../store/reading.store.js';
import { Callers } from './callers.js';

const Wanted = z.strictObject({
  partner: z.string().min(1).max(60),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where the sender of a document asks what became of it. */
@Controller()
export class DocumentsController {
  constructor(
    private readonly documents: DocumentStore,
    private readonly readings: ReadingStore,
    private readonly callers: Callers,
  ) {}

  /** Documents of a partner that were taken though something is odd about them, newest first. */
  @Get(['edi/noted', 'ops/edi-connector/edi/noted']) // under the second the gateway asks
  @Access('internal')
  async noted(@Query() query: unknown): Promise<{ documents: readonly object[] }> {
    const { partner, limit } = parseBody(Wanted, query);
    const found = await this.documents.noted(partner, limit);
    return { documents: found.map((document) => bodyOf(document, undefined)) };
  }

  /** JSON; or, for who accepts X12 only, the answer to it: 202 and nothing while it is being read. */
  @Get('edi/documents/:id')
  @Access('signed')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = this.callers.partnerOf(request);
    const document = UUID.test(id) ? await this.documents.find(id) : undefined;
    // Another partner's document and none at all look the same.
    if (document === undefined || (caller !== undefined && document.partner !== caller.name))
      throw new NotFoundException(`there is no document ${id}`);
    const reading = await this.readings.ofDocument(id);
    if (!/\bedi-x12\b/i.test(request.headers.accept ?? '')) return void (await reply.send(bodyOf(document, reading)));
    const isReading = document.outcome === 'received' || document.outcome === 'failed';
    void reply.status(isReading ? 202 : 200).header('content-type', 'application/edi-x12');
    await reply.send(Readable.from(isReading ? [] : this.readings.answers(id)));
  }
}

function bodyOf(document: KeptDocument, reading: StoredReading | undefined): object {
  const { documentId, partner, channel, outcome, sizeBytes, sha256, receivedAt, notes } = document;
  return {
    documentId,
    partner,
    channel,
    state: { received: 'reading', failed: 'failed' }[outcome] ?? 'settled',
    ...(outcome !== 'received' && outcome !== 'failed' && { outcome }),
    sizeBytes,
    sha256: sha256.toString('hex'),
    receivedAt: receivedAt.toISOString(),
    notes,
    ...(reading !== undefined && { progress: progressIn(reading) }),
  };
}

function progressIn({ position, setsTaken, progress }: StoredReading): object {
  const { tally, open } = readProgress(progress);
  const { fresh, known, others, interchanges, repeats, issues } = tally;
  return {
    bytesSettled: position,
    setsOfOpenInterchange: setsTaken,
    interchanges,
    repeats,
    issues,
    orders: fresh + open.fresh,
    knownOrders: known + open.known,
    others: others + open.others,
  };
}
