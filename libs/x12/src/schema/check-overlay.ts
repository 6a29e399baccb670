import type { SchemaOverlay, SetOverlay } from './overlay.js';
import { stands } from './overlay.js';
import { placeIn } from './overlay-place.js';
import type { SetNode, SetSchema } from './schema.js';

/** @throws RangeError when the overlay names a place that cannot be read. */
export function checkOverlay({ sets = {} }: SchemaOverlay): void {
  for (const { mandatory = [], forbidden = [], codes = {}, lengths = {}, uses = {}, added = [] } of Object.values(
    sets,
  )) {
    const segments = [...forbidden, ...Object.keys(uses), ...added.map(({ after }) => after)];
    const elements = [...Object.keys(codes), ...Object.keys(lengths)];
    for (const place of [...mandatory, ...segments, ...elements]) placeIn(place);
    const wrong = segments.find((place) => placeIn(place).element !== undefined);
    const lone = elements.find((place) => placeIn(place).element === undefined);
    if (wrong !== undefined) throw new RangeError(`${wrong} is an element, a segment is wanted`);
    if (lone !== undefined) throw new RangeError(`${lone} is a segment, an element is wanted`);
  }
}

/**
 * Places an overlay names that no release of the book has, e.g. by a slip of the pen: `850: PO1/N9/ZZZ`. A rule for such a
 * place never says a word.
 *
 * @param schemasOf - All schemas of a set, by its code, with the overlay on top.
 */
export function unknownPlaces(
  { sets = {} }: SchemaOverlay,
  schemasOf: (setCode: string) => readonly SetSchema[],
): readonly string[] {
  return Object.entries(sets).flatMap(([code, rules]) => {
    const paths = schemasOf(code).flatMap(({ root }) => pathsIn(root.children, ''));
    const known = (place: string) => paths.some((path) => stands(placeIn(place), path));
    return placesOf(rules)
      .filter((place) => !known(place))
      .map((place) => `${code}: ${place}`);
  });
}

/** Forbidden segments are left out: once forbidden they stand nowhere. */
function placesOf({ mandatory = [], codes = {}, lengths = {}, uses = {}, added = [] }: SetOverlay): readonly string[] {
  return [
    ...mandatory,
    ...Object.keys(codes),
    ...Object.keys(lengths),
    ...Object.keys(uses),
    ...added.map(({ after }) => after),
  ];
}

function pathsIn(nodes: readonly SetNode[], path: string): readonly string[] {
  return nodes.flatMap(({ id, children }) => [`${path}/${id}`, ...pathsIn(children, `${path}/${id}`)]);
}
