/** Half-written or not meant for anybody: passed over everywhere. */
export function isHalfWritten(name: string): boolean {
  return /^\.|\.(tmp|part|partial|filepart)$/i.test(name);
}

/** A name that is only a name: no way to another folder, nothing invisible, not longer than file systems bear. */
export function isPlainName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !/[/\\\u0000-\u001f\u007f]/.test(name) &&
    Buffer.byteLength(name) <= 200
  );
}
