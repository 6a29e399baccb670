import { describe, expect, it } from '@jest/globals';
import { LineFinder } from './line-finder.js';

async function read(lines: LineFinder, ...texts: string[]): Promise<void> {
  async function* chunks() {
    for (const text of texts) yield await Promise.resolve(Buffer.from(text));
  }
  for await (const chunk of lines.watch(chunks())) expect(chunk.length).toBeGreaterThan(0);
}

describe('the line of a byte', () => {
  it('is counted as an editor counts, however the bytes arrive', async () => {
    for (const chunks of [['ab\ncd\r\n\nx'], ['a', 'b\n', 'cd\r', '\n\nx']]) {
      const lines = new LineFinder();
      await read(lines, ...chunks);
      expect(lines.at(0)).toEqual({ line: 1, column: 1 });
      expect(lines.at(2)).toEqual({ line: 1, column: 3 });
      expect(lines.at(3)).toEqual({ line: 2, column: 1 });
      expect(lines.at(7)).toEqual({ line: 3, column: 1 });
      expect(lines.at(8)).toEqual({ line: 4, column: 1 });
    }
  });

  it('is not told of a file that has no lines', async () => {
    const lines = new LineFinder();
    await read(lines, 'ISA*00~GS*PO~');
    expect(lines.at(7)).toBeUndefined();
  });

  it('is forgotten when nobody will ask, but for what is remembered', async () => {
    const lines = new LineFinder();
    await read(lines, 'x\n'.repeat(10_000));
    lines.remember(4);
    lines.forgetBefore(8_000);
    expect(lines.at(8_000)).toEqual({ line: 4001, column: 1 });
    expect(lines.at(6)).toBeUndefined();
    expect(lines.at(4)).toEqual({ line: 3, column: 1 });
    lines.forgetRemembered();
    expect(lines.at(4)).toBeUndefined();
  });
});
