import type { DocumentIssue } from '@railhead/contracts';
import { controlKey, type GroupHeader } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { amongNumbers, inWords, numbersThat, type SetRun } from './set-numbers.js';

/** What tells one functional group from all others of a partner: GS02, GS03, GS01, GS06. */
export interface GroupKey {
  readonly sender: string;
  readonly receiver: string;
  readonly functionalId: string;
  readonly controlNumber: string;
}

/** The numbers that a group uses up, because something is taken of it. */
export interface GroupNumbers extends GroupKey {
  /** Position of the group in its interchange, from 1. */
  readonly ordinal: number;
  /** Those of the sets that are taken. */
  readonly sets: readonly SetRun[];
}

/** A group that came before, as far as its row tells. */
export interface EarlierGroup extends GroupKey {
  readonly documentId: string;
  readonly sets: readonly SetRun[];
}

/** A group under the number of an earlier one. */
export interface GroupAgain {
  readonly group: GroupNumbers;
  readonly sets: readonly SetRun[];
  readonly before: EarlierGroup;
}

/** A group whose number came before. */
export interface UsedNumbers {
  readonly group: GroupNumbers;
  /** The document that used it first. */
  readonly documentId: string;
  /** Those of its set numbers that came before as well. */
  readonly sets: readonly SetRun[];
}

/** What follows of used numbers. */
export interface NumberRuling {
  /** Ordinals of groups that are refused. */
  readonly groups: ReadonlySet<number>;
  /** Sets that are refused, by the ordinal of their group. */
  readonly sets: ReadonlyMap<number, readonly SetRun[]>;
  /** What is refused, in words. */
  readonly issues: readonly DocumentIssue[];
  /** What is taken all the same, in words. */
  readonly notes: readonly DocumentIssue[];
}

type Rules = Pick<Partner['duplicates'], 'group' | 'set'>;

/** Names of groups are bounded, so that a row is; the standard has 15 characters for them. */
const LENGTH_MAX = 35;
const ISSUES_MAX = 100;
/** So many runs of set numbers find room in the row of their group; nearly every group has one. */
export const RUNS_MAX = 5_000;

/**
 * The key of a group. Where the date belongs to the number of the interchange (`with-date`) it belongs to those of its
 * groups and sets too: such a sender begins all of them anew.
 */
export function keyOfGroup(group: GroupHeader, interchangeDate: string, { duplicates }: Partner): GroupKey {
  const number = plain(controlKey(group.controlNumber));
  return {
    sender: plain(group.senderCode),
    receiver: plain(group.receiverCode),
    functionalId: plain(group.functionalId),
    controlNumber: duplicates.interchange === 'with-date' ? `${number}@${plain(interchangeDate)}` : number,
  };
}

/** The key of a group in one word. */
export function wordOf({ sender, receiver, functionalId, controlNumber }: GroupKey): string {
  return JSON.stringify([sender, receiver, functionalId, controlNumber]);
}

/** Those of some groups that came before, each with what its row tells. */
export function cameBefore(groups: readonly GroupNumbers[], earlier: readonly EarlierGroup[]): readonly GroupAgain[] {
  const known = new Map(earlier.map((group) => [wordOf(group), group]));
  return groups.flatMap((group) => {
    const before = known.get(wordOf(group));
    return before === undefined ? [] : [{ group, sets: group.sets, before }];
  });
}

/**
 * Which of their sets came before too.
 *
 * @param beside - Sets that have a row of their own, by the word of their group.
 */
export function usedOf(
  again: readonly GroupAgain[],
  beside: ReadonlyMap<string, readonly SetRun[]>,
): readonly UsedNumbers[] {
  return again.map(({ group, before }) => {
    const known = [...before.sets, ...(beside.get(wordOf(group)) ?? [])];
    return { group, documentId: before.documentId, sets: numbersThat(group.sets, amongNumbers(known)) };
  });
}

/** What the row of a group has no room for: most of very many runs, and all that comes under its number later. */
export function besideRows(
  groups: readonly GroupNumbers[],
  used: readonly UsedNumbers[],
): { readonly group: GroupNumbers; readonly sets: readonly SetRun[] }[] {
  const before = new Map(used.map(({ group, sets }) => [group.ordinal, amongNumbers(sets)]));
  return groups.map((group) => {
    const isUsed = before.get(group.ordinal);
    const sets = isUsed === undefined ? group.sets.slice(RUNS_MAX) : numbersThat(group.sets, (set) => !isUsed(set));
    return { group, sets };
  });
}

/** Decides what becomes of groups and sets whose numbers came before. */
export function ruleOn(used: readonly UsedNumbers[], rules: Rules): NumberRuling {
  const [refused, taken] = rules.group === 'refuse' ? [used, []] : [[], used];
  const again = taken.filter(({ sets }) => sets.length > 0);
  const [refusedSets, takenSets] = rules.set === 'refuse' ? [again, []] : [[], again];
  return {
    groups: new Set(refused.map(({ group }) => group.ordinal)),
    sets: new Map(refusedSets.map(({ group, sets }) => [group.ordinal, sets])),
    issues: [...refused.map(groupReused), ...refusedSets.map(setsReused)].slice(0, ISSUES_MAX),
    notes: [...taken.map(groupReused), ...takenSets.map(setsReused)].slice(0, ISSUES_MAX),
  };
}

function groupReused({ group, documentId }: UsedNumbers): DocumentIssue {
  return reused('GS06', `${wordsOf(group)} came before, in document ${documentId}`);
}

function setsReused({ group, sets }: UsedNumbers): DocumentIssue {
  return reused('ST02', `${inWords(sets)} of ${wordsOf(group)} came before`);
}

function reused(at: string, message: string): DocumentIssue {
  return { code: 'CONTROL_NUMBER_REUSED', at, message: message.slice(0, 500) };
}

function wordsOf({ functionalId, controlNumber }: GroupKey): string {
  return `group ${functionalId} ${controlNumber}`;
}

/** As a database can keep it. */
function plain(text: string): string {
  return text.replaceAll('\0', ' ').slice(0, LENGTH_MAX);
}
