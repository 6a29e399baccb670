import { codeTable } from '@railhead/connector-kit/code-table';

/** Units of UN/ECE Recommendation 20 (and packs of 21), as product data may have them, in element 355. */
const X12_UNITS = codeTable<string, string>({
  C62: 'EA',
  NAR: 'EA',
  H87: 'PC',
  NIU: 'UN',
  DZN: 'DZ',
  CEN: 'HU',
  MIL: 'TH',
  SET: 'ST',
  KGM: 'KG',
  GRM: 'GR',
  LBR: 'LB',
  ONZ: 'OZ',
  MTR: 'MR',
  CMT: 'CM',
  MMT: 'MM',
  FOT: 'FT',
  INH: 'IN',
  YRD: 'YD',
  LTR: 'LT',
  MLT: 'ML',
  GLL: 'GA',
  MTK: 'SM',
  FTK: 'SF',
  MTQ: 'CR',
  HUR: 'HR',
  XBX: 'BX',
  XCS: 'CA',
  XCT: 'CT',
  XPK: 'PK',
});

const LENGTH = 2;

/**
 * A unit of ours as a partner knows it: by its own code, else by X12's. One that nobody has a code for stays as it is.
 *
 * @param units - Codes of the partner that mean another of ours.
 */
export function toldUnit(unitCode: string, units: Readonly<Record<string, string>> = {}): string {
  const theirs = Object.keys(units).find((code) => code.length === LENGTH && units[code] === unitCode);
  return theirs ?? X12_UNITS[unitCode] ?? unitCode;
}
