import { afterEach, expect, it, jest } from '@jest/globals';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

/** Which guards are off in a process that starts with this environment. */
async function offWith(env: Record<string, string>): Promise<readonly string[]> {
  process.env = { ...before, ...env };
  jest.resetModules(); // the environment is read once, when the module is loaded
  const { GUARDS, guardIsOff } = await import('./crash.js');
  return GUARDS.filter(guardIsOff);
}

it('switches off the guards that are named, and no other', async () => {
  expect(await offWith({ NODE_ENV: 'test', RAILHEAD_GUARDS_OFF: '' })).toEqual([]);
  expect(await offWith({ NODE_ENV: 'test', RAILHEAD_GUARDS_OFF: 'inbox,roles' })).toEqual(['inbox', 'roles']);
  expect(await offWith({ NODE_ENV: 'test', RAILHEAD_GUARDS_OFF: 'everything' })).toEqual([]);
});

it('switches off nothing in production, whatever is asked', async () => {
  const { GUARDS } = await import('./crash.js');
  expect(await offWith({ NODE_ENV: 'production', RAILHEAD_GUARDS_OFF: GUARDS.join(',') })).toEqual([]);
});
