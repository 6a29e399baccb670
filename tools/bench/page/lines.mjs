import { dot, figure, legend, line, path, picture, text, ticksTo } from './svg.mjs';

const WIDTH = 760;
const HEIGHT = 360;
const LEFT = 80;
const RIGHT = 30;
const TOP = 62;
const BOTTOM = 56;

/**
 * Lines over one axis each way; y begins at 0.
 *
 * @param {{ title: string, x: { unit: string, ticks?: readonly { at: number, name: string }[] }, y: { unit: string },
 *   lines: readonly { name: string, points: readonly (readonly [number, number])[] }[] }} plot
 */
export function lines({ title, x, y, lines: series }) {
  const all = series.flatMap(({ points }) => points);
  const ticksY = ticksTo(Math.max(...all.map(([, value]) => value)));
  const ticksX = x.ticks ?? ticksTo(Math.max(...all.map(([value]) => value))).map((at) => ({ at, name: figure(at) }));
  const ends = [Math.min(...ticksX.map(({ at }) => at)), Math.max(...ticksX.map(({ at }) => at))];
  const toX = (value) => LEFT + ((value - ends[0]) / (ends[1] - ends[0])) * (WIDTH - LEFT - RIGHT);
  const toY = (value) => HEIGHT - BOTTOM - (value / ticksY.at(-1)) * (HEIGHT - TOP - BOTTOM);
  const body = [
    ...ticksY.map(
      (tick) =>
        line(LEFT, toY(tick), WIDTH - RIGHT, toY(tick)) +
        text(LEFT - 8, toY(tick) + 4, figure(tick), { kind: 'soft', anchor: 'end' }),
    ),
    ...ticksX.map(({ at, name }) => text(toX(at), HEIGHT - BOTTOM + 20, name, { kind: 'soft', anchor: 'middle' })),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, x.unit, { kind: 'soft', anchor: 'middle' }),
    text(20, (TOP + HEIGHT - BOTTOM) / 2, y.unit, { kind: 'soft', anchor: 'middle', turned: true }),
    series.length > 1
      ? legend(
          series.map(({ name }) => name),
          LEFT,
          46,
        )
      : '',
    ...series.map(({ points }, index) => {
      const places = points.map(([left, up]) => [toX(left), toY(up)]);
      return path(index, places) + places.map(([left, up]) => dot(index, left, up)).join('');
    }),
  ];
  return picture({ title, width: WIDTH, height: HEIGHT, body: body.join('') });
}
