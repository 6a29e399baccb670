import { expect } from '@jest/globals';
import { OrderCaptured, orderIdOf } from '@railhead/contracts';
import type { Answer, EdiUnderTest } from './edi-under-test.js';
import { interchange } from './interchanges.js';

/** Who sends what. */
const KINDS = {
  '860': { functionalId: 'PC', sender: 'ACMESTORES' },
  '820': { functionalId: 'RA', sender: 'ACMESTORES' },
  '824': { functionalId: 'AG', sender: 'ACMESTORES' },
  '945': { functionalId: 'SW', sender: 'DEPOTWEST' },
  '944': { functionalId: 'RE', sender: 'DEPOTWEST' },
  '846': { functionalId: 'IB', sender: 'DEPOTWEST' },
  '214': { functionalId: 'QM', sender: 'SWFT', senderQualifier: '02' },
} as const;
type Code = keyof typeof KINDS;

/** What partners send beside orders, each interchange under the next number. */
export class PartnerMessages {
  constructor(
    private readonly edi: EdiUnderTest,
    private control = 100,
  ) {}

  next(): number {
    return (this.control += 1);
  }

  readonly posted = (code: Code, segments: readonly string[], sender?: string): Promise<Answer> =>
    this.edi.post(
      interchange({ control: this.next(), code, ...KINDS[code], ...(sender && { sender }), sets: [segments] }),
    );

  /** Posts it, and expects a 997 without a fault. */
  readonly accepted = async (code: Code, segments: readonly string[]): Promise<void> => {
    const { status, text } = await this.posted(code, segments);
    expect([status, /AK9\*\w/.exec(text)?.[0], text.match(/AK[345]\*.*/g)]).toEqual([200, 'AK9*A', ['AK5*A~']]);
  };

  /** An order that is captured. */
  readonly ordered = async (
    po: string,
    [sender, buyerAccountId]: readonly [string, string] = ['ACMESTORES', 'ACME'],
  ): Promise<string> => {
    await this.edi.post(interchange({ po, sender, control: this.next() }));
    const orderId = orderIdOf({ buyerAccountId, purchaseOrderNumber: po });
    await this.edi.until(OrderCaptured, 1, orderId);
    return orderId;
  };
}

/** The faults of a 997, in the words of X12. */
export const faultsIn = (text: string): readonly string[] => text.match(/AK[345]\*[^~]*/g) ?? [];
