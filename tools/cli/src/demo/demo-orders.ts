import type { Freshness } from '../sending/fresh-interchange.js';
import { freshInterchange } from '../sending/fresh-interchange.js';
import { freshOrder } from '../sending/fresh-order.js';

/** A document of the demo, ready to send. */
export interface DemoDocument {
  readonly kind: 'x12' | 'json';
  readonly bytes: Buffer;
}

/** The samples that the demo sends in turn: two that go through untouched, one that a person must release. */
export const DEMO_SAMPLES = ['850.clean.edi', 'order.json', '850.credit-hold.edi'] as const;

/** The nth document of a demo (from 0): the samples in turn, each as an order that never was before. */
export function demoDocument(index: number, samples: ReadonlyMap<string, Buffer>, start: Freshness): DemoDocument {
  const name = DEMO_SAMPLES[index % DEMO_SAMPLES.length] ?? DEMO_SAMPLES[0];
  const bytes = samples.get(name);
  if (bytes === undefined) throw new Error(`the sample ${name} is missing`);
  const fresh = { controlNumber: ((start.controlNumber + index) % 999_999_999) + 1 };
  if (name.endsWith('.json')) return { kind: 'json', bytes: freshOrder(bytes, fresh) };
  return { kind: 'x12', bytes: freshInterchange(bytes, fresh) };
}
