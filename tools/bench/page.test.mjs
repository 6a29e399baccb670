import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, PAGE, PICTURES } from './page.mjs';
import { bars } from './page/bars.mjs';
import { escape, figure, ticksTo } from './page/svg.mjs';

it('has a page and pictures that say what the committed figures say', async () => {
  const [, source] = /page\.mjs (\S+)\. Do not edit/.exec(readFileSync(PAGE, 'utf8'));
  const files = await filesOf(join(PAGE, '../..', source));
  const stale = [...files].filter(([path, content]) => readFileSync(path, 'utf8') !== content).map(([path]) => path);
  expect(stale).toEqual([]); // made anew by: node tools/bench/page.mjs <that JSON>
  expect(
    readdirSync(PICTURES)
      .map((name) => join(PICTURES, name))
      .sort(),
  ).toEqual([...files.keys()].filter((path) => path !== PAGE).sort());
});

it('ends an axis at a round number that holds the highest value', () => {
  expect(ticksTo(1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksTo(1.01).at(-1)).toBe(1.5);
  expect(ticksTo(0)).toEqual([0, 1]);
});

it('writes figures as people do, and names as text', () => {
  expect([figure(1234.5), figure(0.0375), figure(99.96)]).toEqual(['1,235', '0.0375', '100']);
  expect(escape('a < b & c')).toBe('a &lt; b &amp; c');
});

it('draws bars as long as their values, readable in light and in dark', () => {
  const svg = bars({
    title: 'T',
    unit: 'us',
    bars: [
      { name: 'a', values: [100] },
      { name: 'b', values: [50] },
    ],
  });
  const widths = [...svg.matchAll(/<rect class="s0"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths[0] / widths[1]).toBeCloseTo(2, 1);
  expect(svg).toContain('prefers-color-scheme:dark');
  expect(svg).toContain('>us</text>');
});
