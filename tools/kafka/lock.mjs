// A lock between processes: a file that only one can create. The holder's pid is in it, so that a dead holder blocks nobody.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process does the same under this file name. Waits as long as the holder lives.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  while (!(await claim(file))) await sleep(100);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function claim(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    // An empty file is a holder between creating and writing: wait for it.
    if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
    return false;
  }
}
