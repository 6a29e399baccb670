import { spawn } from 'node:child_process';

// Once a second: when the owner is gone the broker goes too; when the broker is gone the leash goes.
const WATCH = `while kill -0 "$1" 2>/dev/null; do kill -0 "$2" 2>/dev/null || exit 0; sleep 1; done
kill -9 "$2" 2>/dev/null; [ -n "$3" ] && rm -rf "$3"`;

/**
 * Ties a broker to a process: nobody needs to clean up after a test run that was killed.
 *
 * @param {{ owner: number, pid: number, remove?: string }} who - `remove` is a temporary folder to delete with it.
 */
export function leash({ owner, pid, remove = '' }) {
  spawn('sh', ['-c', WATCH, 'railhead-kafka-leash', String(owner), String(pid), remove], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}
