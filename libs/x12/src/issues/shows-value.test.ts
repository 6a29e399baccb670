import { expect, it } from '@jest/globals';
import { showsValue } from './issue.js';

it.each([
  ['N104 is too short (2 to 80)', '1', false],
  ['PO103 is not a code of its list (EA, CA)', 'E', false],
  ['AMT02 says 130, the lines come to 125.00', '130', true],
  ['ST02 0001 occurs twice in the group', '0001', true],
  ['BEG05 is not a date', '20261322', false],
  ['no such code: "ZZ"', 'ZZ', true],
  ['BEG03 is mandatory', undefined, true],
])('the message "%s" shows the value %p: %p', (message, value, expected) => {
  expect(showsValue({ message, ...(value !== undefined && { value }) })).toBe(expected);
});
