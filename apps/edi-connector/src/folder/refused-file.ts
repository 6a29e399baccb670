import { DocumentReceived, DocumentRejected } from '@railhead/contracts';
import { announce, uuidv7, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';

/** A file that is larger than any we take. */
export interface RefusedFile {
  readonly documentId: string;
  readonly partner: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytesMax: number;
}

/** What is told of it: that it came, and why it was put aside unread. */
export async function refusedFileEvents(
  { documentId, partner, name, sizeBytes, bytesMax }: RefusedFile,
  bytes: AsyncIterable<Buffer>,
  at: Date,
): Promise<Announcement[]> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  const document: DocumentReceived['data'] = {
    documentId,
    direction: 'in',
    documentType: 'interchange',
    system: 'x12',
    partner,
    sha256: hash.digest('hex'),
    sizeBytes,
    at: at.toISOString(),
  };
  const message = `${sizeBytes} bytes; at most ${bytesMax} are taken`;
  const issues = [{ code: 'TOO_LARGE', at: name.slice(0, 200), message }];
  const because = { correlationId: uuidv7() };
  return [
    announce(DocumentReceived, documentId, document, because),
    announce(DocumentRejected, documentId, { ...document, issues }, because),
  ];
}
