import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Says no before anything is started when the port is taken. @throws Error that says what to do. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new Error(`port ${port} is in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/**
 * Takes a home folder for this process. Two hubs on one folder would stop each other's database.
 *
 * @returns What gives it back.
 * @throws Error naming the process that has it.
 */
export async function takeHome(home: string): Promise<() => Promise<void>> {
  const file = join(home, 'hub.pid');
  const other = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  if (other > 0 && other !== process.pid && (await isNode(other))) {
    throw new Error(
      `another hub (process ${other}) runs on ${home}. Stop it first, or choose another folder: RAILHEAD_HOME=…`,
    );
  }
  await writeFile(file, `${process.pid}\n`);
  return () => rm(file, { force: true });
}

/** Whether a process lives and is a Node: after a crash its number may belong to something else by now. */
async function isNode(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node');
  return command.includes('node');
}
