import type { SetNode } from '../schema/schema.js';

/** The node of a number: loops are runs of numbers, so there is one way down. */
export function nodeAt(root: SetNode, index: number): SetNode | undefined {
  let node: SetNode | undefined = root;
  while (node !== undefined && node.index !== index) {
    node = node.children.find((child) => child.index <= index && index <= child.last);
  }
  return node;
}
