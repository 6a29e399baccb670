import { expect, it } from '@jest/globals';
import { childTraceparent } from './tracing.js';

it('stays in the trace of what led here, with a span of its own', () => {
  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const child = childTraceparent(parent);
  expect(child).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
  expect(child).not.toBe(parent);
});

it('keeps the wish not to be sampled', () => {
  expect(childTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00')).toMatch(/-00$/);
});

it.each([undefined, '', 'nonsense', '00-zz-zz-01'])('begins a new trace when it got %p', (parent) => {
  expect(childTraceparent(parent)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});
