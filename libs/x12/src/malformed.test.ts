import { describe, expect, it } from '@jest/globals';
import { answerTo, fixture, fixturesIn, readAll, setsIn } from './testing/fixtures.js';

/** What a partner is told about each broken interchange: TA1, then AK3, AK4, AK5 and AK9. */
const ANSWERS: Record<string, readonly string[]> = {
  '00_good': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '02_truncated_ISA_60_chars_': [],
  '04_ISA_short_by_one_ISA06_14_chars_': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '06_SE02_ST02': ['TA1 A 000', 'AK5*R*3', 'AK9*R*1*1*0'],
  '08_GE01_wrong': ['TA1 A 000', 'AK5*A', 'AK9*E*3*1*1*5'],
  '10_IEA01_wrong': ['TA1 E 021', 'AK5*A', 'AK9*A*1*1*1'],
  '12_missing_GE': ['TA1 A 000', 'AK5*A', 'AK9*R*1*1*0*3'],
  '14_missing_ST': ['TA1 A 000', 'AK9*R*1*0*0*5'],
  '16_lower_case_whole_file': [],
  '18_LF_after_terminator': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '20_leading_CRLF_space': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '22_duplicate_ISA13_twice': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1', 'TA1 R 025', 'AK5*A', 'AK9*A*1*1*1'],
  '24_binary_garbage_4KB': [],
  '26_empty_elements_mid': [
    'TA1 A 000',
    'AK3*BEG*2**8',
    'AK4*3*324*1*',
    'AK3*REF*3**8',
    'AK4*1*128*1*',
    'AK4*2*127*2*',
    'AK5*R*5',
    'AK9*R*1*1*0',
  ],
  '28_double_terminator_': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '30_terminator_CRLF_ISA_term_r_': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '32_elem_sep_term_x85': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '34_80_col_wrapped': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '36_unknown_segment_ZZZ': ['TA1 A 000', 'AK3*ZZZ*3**1', 'AK5*R*5', 'AK9*R*1*1*0'],
  '38_no_final_terminator': ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1'],
  '40_ISA13_non_numeric': ['TA1 E 018', 'AK5*A', 'AK9*A*1*1*1'],
  '42_mandatory_BEG_missing': ['TA1 A 000', 'AK3*BEG*2**3', 'AK5*R*5', 'AK9*R*1*1*0'],
  '44_segment_without_elements_LS': ['TA1 A 000', 'AK3*LS*3**2', 'AK5*R*5', 'AK9*R*1*1*0'],
  '46_NUL_bytes_inside': ['TA1 A 000', 'AK3*PID*6**8', 'AK4*5*352*6*', 'AK5*R*5', 'AK9*R*1*1*0'],
  '48_duplicate_ST02_in_group': ['TA1 A 000', 'AK5*A', 'AK5*R*23', 'AK9*P*2*2*1'],
};

describe('a broken interchange', () => {
  it('has an expectation for every fixture', () => {
    expect(fixturesIn('malformed').sort()).toEqual(Object.keys(ANSWERS).map((name) => `malformed/${name}.edi`));
  });

  it.each(Object.entries(ANSWERS))('%s is answered as the guide says', (name, answer) => {
    expect(answerTo(fixture(`malformed/${name}.edi`))).toEqual(answer);
  });

  it.each([
    ['02_truncated_ISA_60_chars_', 'isa-truncated'],
    ['16_lower_case_whole_file', 'lower-case'],
    ['24_binary_garbage_4KB', 'not-x12'],
  ])('%s is set aside as a whole, with one issue', (name, code) => {
    const bytes = fixture(`malformed/${name}.edi`);
    expect(readAll(bytes)).toMatchObject([{ kind: 'skipped', range: { from: 0, to: bytes.length }, issue: { code } }]);
  });

  it.each([
    ['04_ISA_short_by_one_ISA06_14_chars_', 'isa-length'],
    ['28_double_terminator_', 'empty-segment'],
    ['34_80_col_wrapped', 'lines-wrapped'],
    ['38_no_final_terminator', 'final-terminator-missing'],
  ])('%s is read, with the note %s', (name, code) => {
    const end = readAll(fixture(`malformed/${name}.edi`)).find(({ kind }) => kind === 'interchange-end');
    expect(end).toMatchObject({ issues: [{ code, severity: 'note' }] });
  });

  it('keeps the rest of the values when one of them holds a NUL', () => {
    const [set] = setsIn(readAll(fixture('malformed/46_NUL_bytes_inside.edi')));
    expect(set?.issues[0]?.value).toBe('WID\0GET');
  });
});
