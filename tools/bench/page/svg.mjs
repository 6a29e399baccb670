// What all plots share: colours for light and dark, text, axes. A plot is a string; the same figures give the same bytes.

const LIGHT = { bg: '#ffffff', ink: '#1f2328', soft: '#59636e', grid: '#d1d9e0' };
const DARK = { bg: '#0d1117', ink: '#f0f6fc', soft: '#9198a1', grid: '#3d444d' };
const SERIES_LIGHT = ['#0f62ac', '#b35900', '#1a7f4b', '#8250df', '#a40e4c'];
const SERIES_DARK = ['#58a6ff', '#f0a04b', '#4ac78a', '#b98cff', '#ff7fae'];

const rules = (colours, series) =>
  [
    `.bg{fill:${colours.bg}}`,
    `.ink{fill:${colours.ink}}`,
    `.soft{fill:${colours.soft}}`,
    `.grid{stroke:${colours.grid};stroke-width:1}`,
    ...series.map(
      (colour, index) => `.s${index}{fill:${colour}}.l${index}{stroke:${colour};fill:none;stroke-width:2.5}`,
    ),
  ].join('');

const STYLE = `text{font:13px system-ui,sans-serif}.title{font-weight:600;font-size:15px}${rules(LIGHT, SERIES_LIGHT)}@media(prefers-color-scheme:dark){${rules(DARK, SERIES_DARK)}}`;

export const escape = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const round = (value) => Number(value.toFixed(1));

/** @param {{ kind?: string, anchor?: 'start' | 'middle' | 'end', turned?: boolean }} [how] */
export function text(x, y, content, { kind = 'ink', anchor = 'start', turned = false } = {}) {
  const turn = turned ? ` transform="rotate(-90 ${round(x)} ${round(y)})"` : '';
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}"${turn}>${escape(content)}</text>`;
}

export const line = (x1, y1, x2, y2) =>
  `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;

export const box = (series, x, y, width, height) =>
  `<rect class="s${series}" x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(height)}"/>`;

export const dot = (series, x, y) => `<circle class="s${series}" cx="${round(x)}" cy="${round(y)}" r="3.5"/>`;

export const path = (series, points) =>
  `<polyline class="l${series}" points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ')}"/>`;

/** The names of the series with their colours, in one line. */
export function legend(names, x, y) {
  let at = x;
  return names
    .map((name, index) => {
      const part = box(index, at, y - 10, 11, 11) + text(at + 16, y, name);
      at += 36 + name.length * 7;
      return part;
    })
    .join('');
}

/** Round numbers from 0 to at least `most`. */
export function ticksTo(most, wanted = 5) {
  if (!(most > 0)) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** 1200 as 1,200; three digits of what is small. */
export function figure(value) {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** A whole picture. */
export function picture({ title, width, height, body }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}"><style>${STYLE}</style><rect class="bg" width="${width}" height="${height}"/>${text(16, 24, title, { kind: 'ink title' })}${body}</svg>\n`;
}
