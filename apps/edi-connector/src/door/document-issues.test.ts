import { describe, expect, it } from '@jest/globals';
import { issue } from '@railhead/x12';
import { words } from '../outbound/words.js';
import { issuesOfEnvelope } from './document-issues.js';

const LAMP = '\u{1f4a1}';

describe('a text with signs that take two units', () => {
  it.each([498, 499])('is not cut in the middle of one, in the message of an issue (%i letters)', (letters) => {
    const found = issue('gs-content', { from: 0, to: 1 }, `${'x'.repeat(letters)}${LAMP}`);
    const [told] = issuesOfEnvelope([found]);
    expect([told?.message.isWellFormed(), told?.message.includes(LAMP)]).toEqual([true, letters === 498]);
  });

  it.each([28, 29])('nor in what we write to a partner (%i letters)', (letters) => {
    const written = words(`${'x'.repeat(letters)}${LAMP}yz`, 30);
    expect([written?.isWellFormed(), written?.includes(LAMP)]).toEqual([true, letters === 28]);
  });
});
