import { constants } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FileEntryWithStats } from 'ssh2';
import { isFile } from './sftp-connection.js';

const entry = (filename: string, longname: string, mode?: number): FileEntryWithStats => ({
  filename,
  longname,
  attrs: { mode, isFile: () => ((mode ?? 0) & constants.S_IFMT) === constants.S_IFREG } as FileEntryWithStats['attrs'],
});

describe('an entry of a partner’s folder', () => {
  it.each([
    ['its attributes', entry('po.edi', 'po.edi', 0o100644)],
    ['its line, where the attributes have permissions only', entry('po.edi', '-rw-r--r-- 1 a b 9 po.edi', 0o644)],
    ['its line, where there are no attributes', entry('po.edi', '-rw-r--r-- 1 a b 9 po.edi')],
    ['nothing that speaks against it', entry('dps-po.edi', 'dps-po.edi')],
  ])('is a file by %s', (_by, one) => expect(isFile(one)).toBe(true));

  it.each([
    ['a folder', entry('done', 'done', 0o040755)],
    ['a link', entry('link', '-rw-r--r--', 0o120777)],
    ['a folder by its line', entry('done', 'drwxr-xr-x 2 a b 9 done', 0o755)],
    ['a link by its line', entry('link', 'lrwxrwxrwx 1 a b 9 link')],
    ['a folder of Windows', entry('done', '11-22-26 08:00AM <DIR> done')],
    ['the folder itself', entry('.', '')],
  ])('is no file when it is %s', (_what, one) => expect(isFile(one)).toBe(false));
});
