/** The last part of a POSIX or Windows path. */
export function fileNameOf(path: string): string {
  return /[^/\\]*$/u.exec(path)?.[0] ?? path;
}

/** A path as folder, with its slash, and name, whichever way its slashes lean. */
export function splitPath(path: string): { dir: string; name: string } {
  const name = fileNameOf(path);
  return { dir: path.slice(0, path.length - name.length), name };
}
