import type { Type } from '@nestjs/common';
import { WaitingChanges } from '../handlers/waiting-changes.js';
import { CaptureStore } from '../store/capture.store.js';
import { ChunkStore } from '../store/chunk.store.js';
import { DocumentStore } from '../store/document.store.js';
import { HeldStore } from '../store/held.store.js';
import { InterchangeStore } from '../store/interchange.store.js';
import { OrderStore } from '../store/order.store.js';
import { ReadingStore } from '../store/reading.store.js';
import { UsedNumberStore } from '../store/used-number.store.js';
import { AnswerWriter } from './answer-writer.js';
import { DocumentKeeper } from './document-keeper.js';
import { DocumentReader } from './document-reader.js';
import { DocumentReading } from './document-reading.js';
import { EdiDoor } from './edi-door.js';
import { InterchangeDesk } from './interchange-desk.js';
import { NumberDesk } from './number-desk.js';
import { SetTaker } from './set-taker.js';

const STORES: readonly Type[] = [
  CaptureStore,
  ChunkStore,
  DocumentStore,
  HeldStore,
  InterchangeStore,
  OrderStore,
  ReadingStore,
  UsedNumberStore,
];

/** All that takes documents, whatever the way they come in. */
export const DOOR_PROVIDERS: readonly Type[] = [
  ...STORES,
  DocumentReader,
  AnswerWriter,
  WaitingChanges,
  SetTaker,
  NumberDesk,
  InterchangeDesk,
  DocumentKeeper,
  DocumentReading,
  EdiDoor,
];
