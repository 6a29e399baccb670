import { Rig } from './rig.mjs';
import { sentenceOf, verdictOf } from './verdict.mjs';

/**
 * Runs an experiment with its guard on and with it off, on the same seed.
 *
 * @param {{ guard: string, needsKafka: boolean, run: Function }} control
 * @param {{ seed: number, server: string, brokers?: string[], isShort?: boolean }} surroundings
 */
export async function runControl(control, surroundings) {
  const startedAt = performance.now();
  const on = await half(control, surroundings, { off: false });
  const off = await half(control, surroundings, { off: true });
  return {
    guard: control.guard,
    on: sentenceOf(on),
    off: sentenceOf(off),
    ...verdictOf(on, off),
    seconds: Math.round((performance.now() - startedAt) / 1000),
  };
}

/** @param {{ off: boolean, production?: boolean }} how `production`: as in production, where the switch must do nothing */
export async function half(control, { seed, server, brokers, isShort }, { off, production }) {
  const rig = await Rig.open({
    seed,
    server,
    production,
    isShort,
    ...(control.needsKafka && { brokers }),
    ...(off && { guardsOff: control.guard }),
  });
  try {
    return await control.run(rig, { off });
  } catch (error) {
    return { error: error.message };
  } finally {
    await rig.close();
  }
}
