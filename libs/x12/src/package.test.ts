import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as api from './index.js';

const HERE = join(import.meta.dirname, '..');
const README = readFileSync(join(HERE, 'README.md'), 'utf8');

describe('the package', () => {
  it('names in its README everything that can be called', () => {
    const named = new Set(README.match(/[A-Za-z0-9_]+/g));
    expect(Object.keys(api).filter((name) => !named.has(name))).toEqual([]);
  });

  it('works outside of this workspace, and the example of its README runs as it stands there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'railhead-x12-package-'));
    try {
      const npm = (...args: string[]) => execFileSync('npm', args, { cwd: HERE, encoding: 'utf8', stdio: 'pipe' });
      const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', folder)) as { filename: string }[];
      const target = join(folder, 'node_modules/@railhead/x12');
      mkdirSync(target, { recursive: true });
      execFileSync('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', target, '--strip-components=1']);
      copyFileSync(join(HERE, 'fixtures/good/850.two-lines.edi'), join(folder, 'orders.edi'));
      writeFileSync(join(folder, 'example.mjs'), /```js\n([^]*?)```/.exec(README)?.[1] ?? '');
      const said = execFileSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
      expect(said).toMatch(/^850 0 4500017\n[^]*'TA1'[^]*'000'[^]*\[ 'AK9', 'A', '1', '1', '1' \]/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
