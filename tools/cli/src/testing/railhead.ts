import { run } from '../index.js';
import { FakeGateway } from './fake-gateway.js';

/** Runs the command line against what the fake answers. */
export async function railhead(
  args: readonly string[],
  answers: Parameters<typeof FakeGateway.start>[0] = {},
  env: NodeJS.ProcessEnv = {},
) {
  const fake = await FakeGateway.start(answers);
  const said = { out: '', aside: '' };
  try {
    const exit = await run(['node', 'railhead', ...args], {
      env: { RAILHEAD_URL: fake.url, RAILHEAD_KEY: 'id.secret', ...env },
      cwd: '/nowhere',
      signal: AbortSignal.timeout(20_000),
      write: (text) => (said.out += text),
      writeAside: (text) => (said.aside += text),
    });
    return { exit, ...said, seen: fake.seen };
  } finally {
    await fake.stop();
  }
}
