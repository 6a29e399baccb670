import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { UsedNumberStore } from '../store/used-number.store.js';
import type { Judgement, ReceivedInterchange } from './received-interchange.js';
import { besideRows, cameBefore, ruleOn, usedOf } from './used-numbers.js';

/** A person looked: used numbers are taken. */
const ALL_TAKEN = { group: 'note', set: 'note' } as const;

/** Knows the control numbers of groups and sets that were used, and what becomes of those that come again. */
@Injectable()
export class NumberDesk {
  constructor(private readonly numbers: UsedNumberStore) {}

  /**
   * Uses up the numbers of an interchange that is now to be taken: one statement, as long as none of its groups came before.
   *
   * @param isReleased - A person said that it is to be taken, whatever its numbers.
   * @returns how it is to be taken: without what is refused for its number, and with notes of what is not.
   */
  async judge(
    { partner, judgement, numbers, judgeAgain }: ReceivedInterchange,
    documentId: string,
    isReleased: boolean,
    tx: Tx,
  ): Promise<Judgement> {
    const { duplicates, name } = partner;
    const isStrict = duplicates.set === 'refuse';
    const earlier = await this.numbers.claim(name, numbers, documentId, isStrict, tx);
    const again = cameBefore(numbers, earlier);
    const used = usedOf(again, isStrict ? await this.numbers.setsAmong(name, again, tx) : new Map());
    const ruling = ruleOn(used, isReleased ? ALL_TAKEN : duplicates);
    const judged = ruling.issues.length === 0 ? judgement : judgeAgain(ruling);
    const isTaken = new Set(judged.openGroups);
    const taken = numbers.filter(({ ordinal }) => isTaken.has(ordinal));
    if (isStrict) await this.numbers.addSets(name, besideRows(taken, used), documentId, tx);
    return ruling.notes.length === 0 ? judged : { ...judged, notes: ruling.notes };
  }
}
