/**
 * One set in the simplest envelope of its release.
 *
 * @param segments - Those between ST and SE.
 * @param version - GS08. From 00402 on `^` repeats.
 */
export function setOf(code: string, segments: readonly string[], version = '004010'): Buffer {
  const release = `${version.slice(0, 5)}`;
  const repeats = release >= '00402' ? '^' : 'U';
  const isa = `ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *261102*0915*${repeats}*${release}*000000001*0*P*>`;
  const set = [`ST*${code}*0001`, ...segments, `SE*${segments.length + 2}*0001`];
  const gs = `GS*ZZ*BUYER*SELLER*20261102*0915*1*X*${version}`;
  return Buffer.from([isa, gs, ...set, 'GE*1*1', 'IEA*1*000000001', ''].join('~'));
}

/** The same segments in 005010, where notes are MTX. */
export function in5010(segments: readonly string[]): string[] {
  return segments.map((segment) => segment.replace(/^MSG\*/, 'MTX**'));
}
