import { box, figure, legend, line, path, picture, text, ticksTo } from './svg.mjs';

const WIDTH = 760;
const LEFT = 220;
const RIGHT = 90;
const TOP = 64;
const BAR = 24;
const STEP = 38;

/**
 * Lying bars, stacked when there are several series.
 *
 * @param {{ title: string, unit: string, mark?: number, series?: readonly string[], bars: readonly { name: string, values: readonly number[] }[] }} plot
 *   `unit`: what the axis counts; `mark`: a place on it to draw a line at
 */
export function bars({ title, unit, mark, series = [], bars: rows }) {
  const totals = rows.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const ticks = ticksTo(Math.max(...totals));
  const scale = (WIDTH - LEFT - RIGHT) / ticks.at(-1);
  const bottom = TOP + rows.length * STEP;
  const axis = ticks.map((tick) => {
    const x = LEFT + tick * scale;
    return line(x, TOP - 8, x, bottom) + text(x, bottom + 18, figure(tick), { kind: 'soft', anchor: 'middle' });
  });
  const body = rows.map(({ name, values }, row) => {
    const y = TOP + row * STEP;
    let x = LEFT;
    const parts = values.map((value, index) => {
      const part = box(index, x, y, value * scale, BAR);
      x += value * scale;
      return part;
    });
    const label = text(LEFT - 10, y + 17, name, { anchor: 'end' });
    return label + parts.join('') + text(x + 6, y + 17, figure(totals[row]));
  });
  const foot = text(LEFT + (WIDTH - LEFT - RIGHT) / 2, bottom + 38, unit, { kind: 'soft', anchor: 'middle' });
  const names = series.length > 1 ? legend(series, LEFT, 46) : '';
  const limit =
    mark === undefined
      ? ''
      : path(
          1,
          [TOP - 8, bottom].map((y) => [LEFT + mark * scale, y]),
        );
  return picture({
    title,
    width: WIDTH,
    height: bottom + 50,
    body: axis.join('') + names + body.join('') + limit + foot,
  });
}
