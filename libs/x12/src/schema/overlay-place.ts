import { ANY_ELEMENT } from './compile-segments.js';
import type { ElementRule, SegmentRule } from './schema.js';

/** A place that an overlay names. */
export interface OverlayPlace {
  /** The loops and the segment, e.g. `/PO1/N1`. */
  readonly path: string;
  /** True when the path begins at the set, not just anywhere in it. */
  readonly isFromRoot: boolean;
  /** Position of the element, from 1; absent when the segment is meant. */
  readonly element?: number;
  /** Position of the component, from 1. */
  readonly component?: number;
}

const PLACE = /^(\/?)((?:[A-Z][A-Z0-9]{1,2}\/)*)([A-Z][A-Z0-9]{1,2}?)(0[1-9]|[1-9]\d)(?:-(0[1-9]|[1-9]\d))?$/;
const SEGMENT = /^(\/?)((?:[A-Z][A-Z0-9]{1,2}\/)*)([A-Z][A-Z0-9]{1,2})$/;

/**
 * Reads `PO1/N104`, `REF04-01`, `/N1`.
 *
 * @throws RangeError when the text is none of these.
 */
export function placeIn(text: string): OverlayPlace {
  const match = SEGMENT.exec(text) ?? PLACE.exec(text);
  if (match === null) throw new RangeError(`${text} is not a place in a transaction set`);
  const [, root = '', loops = '', segment = '', element, component] = match;
  return {
    path: `/${loops}${segment}`,
    isFromRoot: root !== '',
    ...(element === undefined ? {} : { element: Number(element) }),
    ...(component === undefined ? {} : { component: Number(component) }),
  };
}

/** What is to become of an element. */
export type ElementChange = (before: ElementRule) => Partial<ElementRule>;

/** The rule with one element (or component) changed; what is missing in front of it is filled up. */
export function changeElement(
  rule: SegmentRule,
  { element = 1, component }: OverlayPlace,
  change: ElementChange,
): SegmentRule {
  const elements = [...rule.elements];
  while (elements.length < element) elements.push(ANY_ELEMENT);
  const before = elements[element - 1] as ElementRule;
  elements[element - 1] =
    component === undefined ? changedRule(before, change(before)) : withComponent(before, component, change);
  return { ...rule, elements };
}

function withComponent(rule: ElementRule, component: number, change: ElementChange): ElementRule {
  const components = [...rule.components];
  while (components.length < component) components.push(ANY_ELEMENT);
  const before = components[component - 1] as ElementRule;
  components[component - 1] = changedRule(before, change(before));
  return { ...rule, type: 'composite', components };
}

/** An element of no known type is text once something is asked of it. */
function changedRule(rule: ElementRule, change: Partial<ElementRule>): ElementRule {
  const asks = change.codes !== undefined || change.lengthMax !== undefined;
  return { ...rule, ...change, type: rule.type === 'any' && asks ? 'AN' : rule.type };
}
