import { constants, type Stats } from 'node:fs';
import type { Attributes, FileEntry } from 'ssh2';
import { SIDES, type PartnerShare, type Spot } from './partner-share.js';

const FOLDER_MODE = constants.S_IFDIR | 0o750;
const FILE_MODE = constants.S_IFREG | 0o640;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of a folder, as a partner sees it: who owns it on our side is nobody's business. */
export function rootAttributes(): Attributes {
  return { mode: FOLDER_MODE, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
}

export function toAttributes({ size, mtimeMs }: Stats): Attributes {
  const seconds = Math.floor(mtimeMs / 1000);
  return { mode: FILE_MODE, uid: 0, gid: 0, size, atime: seconds, mtime: seconds };
}

/** The entries of a folder. */
export async function listing(spot: Spot, share: PartnerShare): Promise<FileEntry[]> {
  if (spot.kind === 'root') return SIDES.map((side) => entry(side, rootAttributes()));
  const files = await share.list(spot.side);
  return files.map(({ name, stats }) => entry(name, toAttributes(stats)));
}

function entry(filename: string, attrs: Attributes): FileEntry {
  const kind = attrs.mode === FOLDER_MODE ? 'drwxr-x---' : '-rw-r-----';
  const at = new Date(attrs.mtime * 1000);
  const day = `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.getUTCFullYear()}`;
  const longname = `${kind} 1 railhead railhead ${String(attrs.size).padStart(10)} ${day} ${filename}`;
  return { filename, longname, attrs };
}
