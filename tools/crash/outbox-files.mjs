import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a partner finds in its folder: which kind of document, about which purchase order. */
export async function outboxFiles(home, partner) {
  const folder = join(home, 'edi', 'outbox', partner);
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.tmp'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => setsIn(text));
}

const PO_IN = {
  855: /\bBAK\*[^*~]*\*[^*~]*\*([^*~]+)/,
  856: /\bPRF\*([^*~]+)/,
  810: /\bBIG\*[^*~]*\*[^*~]*\*[^*~]*\*([^*~]+)/,
};

function setsIn(text) {
  return text
    .split(/(?=\bST\*\d{3}\*)/)
    .slice(1)
    .map((set) => {
      const kind = /^ST\*(\d+)/.exec(set)?.[1] ?? '?';
      return { kind, po: PO_IN[kind]?.exec(set)?.[1] };
    });
}
