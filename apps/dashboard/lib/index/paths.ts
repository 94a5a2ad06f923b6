/** File name in a POSIX or Windows path. */
export function fileNameOf(path: string): string {
  return /[^/\\]*$/u.exec(path)?.[0] ?? path;
}

/** Splits a POSIX or Windows path into folder (with trailing slash) and file name. */
export function splitPath(path: string): { dir: string; name: string } {
  const name = fileNameOf(path);
  return { dir: path.slice(0, path.length - name.length), name };
}
