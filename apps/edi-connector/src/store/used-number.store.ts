import { Injectable } from '@nestjs/common';
import { prepared, textArray, type Tx } from '@railhead/database';
import type { SetNumber } from '@railhead/x12';
import { numbersIn, SetNumbers, type SetRun } from '../door/set-numbers.js';
import { RUNS_MAX, wordOf, type EarlierGroup, type GroupKey, type GroupNumbers } from '../door/used-numbers.js';

/** Sets of a group. */
export interface SetsOfGroup {
  readonly group: GroupKey;
  readonly sets: readonly SetRun[];
}

/** A set of a group. */
interface SetOfGroup extends SetNumber {
  readonly group: GroupKey;
}

type SetRow = GroupKey & { readonly code: string; readonly setNumber: string } & Record<string, unknown>;
type EarlierRow = Omit<EarlierGroup, 'sets'> & { readonly sets: string } & Record<string, unknown>;

/** Sets of one statement. */
const ROWS_MAX = 10_000;

const CLAIM = prepared(`
  INSERT INTO group_numbers (partner, sender, receiver, functional_id, control_number, document_id, sets)
  SELECT $1, s, r, f, c, $6, n FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $7::text[]) AS g(s, r, f, c, n)
   ORDER BY s, r, f, c
  ON CONFLICT ON CONSTRAINT group_numbers_once DO NOTHING
  RETURNING sender, receiver, functional_id AS "functionalId", control_number AS "controlNumber"`);
const EARLIER = `
  SELECT sender, receiver, functional_id AS "functionalId", control_number AS "controlNumber", document_id AS "documentId", sets
    FROM group_numbers JOIN unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS g(s, r, f, c)
      ON partner = $1 AND sender = s AND receiver = r AND functional_id = f AND control_number = c
   ORDER BY s, r, f, c`;
const FIND = prepared(EARLIER);
const FIND_LOCKED = prepared(`${EARLIER} FOR UPDATE OF group_numbers`);
const SETS_AMONG = prepared(`
  SELECT sender, receiver, functional_id AS "functionalId", control_number AS "controlNumber",
         set_code AS code, set_number AS "setNumber"
    FROM set_numbers JOIN unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n(s, r, f, c, t, u)
      ON partner = $1 AND sender = s AND receiver = r AND functional_id = f AND control_number = c AND set_code = t AND set_number = u`);
const ADD_SETS = prepared(`
  INSERT INTO set_numbers (partner, sender, receiver, functional_id, control_number, set_code, set_number, document_id)
  SELECT $1, s, r, f, c, t, u, $8
    FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS n(s, r, f, c, t, u) ORDER BY s, r, f, c, t, u
  ON CONFLICT ON CONSTRAINT set_numbers_once DO NOTHING`);

/** Control numbers of groups and sets that something was taken under, by partner. */
@Injectable()
export class UsedNumberStore {
  /**
   * Notes groups that something is taken of, with the numbers of their sets. Of two at once the second waits here.
   *
   * @param isLocked - Nobody else may take more sets under the numbers of those groups until the commit.
   * @returns those whose numbers were used before.
   */
  async claim(
    partner: string,
    groups: readonly GroupNumbers[],
    documentId: string,
    isLocked: boolean,
    tx: Tx,
  ): Promise<EarlierGroup[]> {
    if (groups.length === 0) return [];
    const sets = textArray(groups.map((group) => JSON.stringify(group.sets.slice(0, RUNS_MAX))));
    const keys = [partner, ...keysOf(groups)];
    const rows = await tx.query<GroupKey & Record<string, unknown>>(CLAIM, [...keys, documentId, sets]);
    const fresh = new Set(rows.map(wordOf));
    const used = groups.filter((group) => !fresh.has(wordOf(group)));
    if (used.length === 0) return [];
    const earlier = await tx.query<EarlierRow>(isLocked ? FIND_LOCKED : FIND, [partner, ...keysOf(used)]);
    return earlier.map((row) => ({ ...row, sets: JSON.parse(row.sets) as SetRun[] }));
  }

  /** Those of these sets that have a row of their own, by the word of their group. */
  async setsAmong(
    partner: string,
    wanted: readonly SetsOfGroup[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, readonly SetRun[]>> {
    const found = new Map<string, SetNumbers>();
    for (const part of inParts(wanted)) {
      const rows = await tx.query<SetRow>(SETS_AMONG, [partner, ...columnsOf(part)]);
      for (const row of rows) {
        const sets = found.get(wordOf(row)) ?? new SetNumbers();
        sets.add({ code: row.code, controlNumber: row.setNumber });
        found.set(wordOf(row), sets);
      }
    }
    return new Map([...found].map(([word, { runs }]) => [word, runs]));
  }

  /** Notes sets whose numbers are not in the row of their group. */
  async addSets(partner: string, added: readonly SetsOfGroup[], documentId: string, tx: Tx): Promise<void> {
    for (const rows of inParts(added)) await tx.query(ADD_SETS, [partner, ...columnsOf(rows), documentId]);
  }
}

function keysOf(groups: readonly GroupKey[]): Buffer[] {
  return [
    textArray(groups.map(({ sender }) => sender)),
    textArray(groups.map(({ receiver }) => receiver)),
    textArray(groups.map(({ functionalId }) => functionalId)),
    textArray(groups.map(({ controlNumber }) => controlNumber)),
  ];
}

function columnsOf(rows: readonly SetOfGroup[]): Buffer[] {
  return [
    ...keysOf(rows.map(({ group }) => group)),
    textArray(rows.map(({ code }) => code)),
    textArray(rows.map(({ controlNumber }) => controlNumber)),
  ];
}

function* inParts(all: readonly SetsOfGroup[]): Generator<readonly SetOfGroup[]> {
  let part: SetOfGroup[] = [];
  for (const { group, sets } of all)
    for (const number of numbersIn(sets)) {
      part.push({ group, ...number });
      if (part.length < ROWS_MAX) continue;
      yield part;
      part = [];
    }
  if (part.length > 0) yield part;
}
