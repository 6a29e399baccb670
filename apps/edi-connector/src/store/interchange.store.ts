import { Injectable } from '@nestjs/common';
import { prepared, type Tx } from '@railhead/database';

/** What tells one interchange from all others of its sender. */
export interface InterchangeKey {
  readonly sender: string;
  readonly receiver: string;
  readonly controlNumber: string;
}

/** An interchange that came before. */
export interface EarlierInterchange {
  readonly sha256: Buffer;
  readonly documentId: string;
  /** Something was taken from it; until then a mended one may come under its number. */
  readonly captured: boolean;
  readonly answer: Buffer;
  readonly summary: string;
}

// The row is made first, so that of two deliveries at once the second waits here for the answer of the first.
const CLAIM = prepared(`
  INSERT INTO interchanges (sender, receiver, control_number, sha256, document_id, captured, answer, summary)
  VALUES ($1, $2, $3, $4, $5, false, '', '') ON CONFLICT ON CONSTRAINT interchanges_once DO NOTHING RETURNING 1 AS claimed`);
const FIND = prepared(`
  SELECT sha256, document_id AS "documentId", captured, answer, summary FROM interchanges
   WHERE sender = $1 AND receiver = $2 AND control_number = $3 FOR UPDATE`);
const ANSWER = prepared(`
  UPDATE interchanges SET sha256 = $4, document_id = $5, captured = $6, answer = $7, summary = $8
   WHERE sender = $1 AND receiver = $2 AND control_number = $3`);

/** Interchanges that were answered. */
@Injectable()
export class InterchangeStore {
  /** @returns the earlier one of this number, or `undefined` when this is the first. */
  async claim(
    key: InterchangeKey,
    sha256: Buffer,
    documentId: string,
    tx: Tx,
  ): Promise<EarlierInterchange | undefined> {
    const place = placeOf(key);
    const claimed = await tx.query(CLAIM, [...place, sha256, documentId]);
    if (claimed.length > 0) return undefined;
    const [found] = await tx.query<EarlierInterchange & Record<string, unknown>>(FIND, place);
    return found;
  }

  async answer(key: InterchangeKey, given: EarlierInterchange, tx: Tx): Promise<void> {
    const { sha256, documentId, captured, answer, summary } = given;
    await tx.query(ANSWER, [...placeOf(key), sha256, documentId, captured, answer, summary]);
  }
}

/** It was claimed, and what it holds is still being taken. */
export function isOpen({ summary }: EarlierInterchange): boolean {
  return summary === '';
}

function placeOf({ sender, receiver, controlNumber }: InterchangeKey): string[] {
  return [sender, receiver, controlNumber];
}
