import { describe, expect, it } from '@jest/globals';
import { STANDARD_SCHEMAS } from './standard-schemas.js';

describe('the schema for a set', () => {
  it.each([
    ['004010', '004010'],
    ['004010VICS', '004010'],
    ['4010', '004010'],
    ['00401', '004010'],
    ['004020', '004020'],
    ['004060', '004020'],
    ['005009', '004020'],
    ['005010', '005010'],
    ['005010X231A1', '005010'],
    ['005011', '005010'],
    ['005020', '005020'],
    ['008010', '005020'],
    ['003070', '002001'],
    ['002001', '002001'],
    ['001000', '002001'],
    ['', '002001'],
    ['VICS', '002001'],
  ])('of version %s is the one of %s', (version, release) => {
    expect(STANDARD_SCHEMAS.find('850', version)?.release).toBe(release);
  });

  it('is the same one each time, whatever else the version says', () => {
    expect(STANDARD_SCHEMAS.find('850', '004010')).toBe(STANDARD_SCHEMAS.find('850', '004010UCS'));
  });

  it('is none for sets we do not know', () => {
    expect(STANDARD_SCHEMAS.find('837', '005010')).toBeUndefined();
    expect(STANDARD_SCHEMAS.find('constructor', '005010')).toBeUndefined();
  });
});
