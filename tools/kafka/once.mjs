import { access, mkdtemp, rename, rm } from 'node:fs/promises';

/**
 * Makes a folder of the cache if it is not there. It is filled beside its place and renamed, so that a half-filled folder
 * is never taken for a full one. Several processes at once need a lock around it.
 *
 * @param {string} folder
 * @param {(draft: string) => Promise<void>} fill
 */
export async function once(folder, fill) {
  if (await exists(folder)) return;
  const draft = await mkdtemp(`${folder}-draft-`);
  try {
    await fill(draft);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Whether something is there under this path. */
export function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
