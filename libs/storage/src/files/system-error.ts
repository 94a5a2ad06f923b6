import { printable } from '@app/jobspec/folder';

/** The code of a system error (`ENOENT`), or `undefined` for anything else that was thrown. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** Whether the operating system refused something. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && errorCode(error) !== undefined;
}

/** Whether there is nothing of a name. */
export function isAbsent(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
}

/** Whether a file system is full, or a quota of it. */
export function isNoSpace(error: unknown): boolean {
  return errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT';
}

/**
 * The sentence of anything that was thrown. Of a system error it keeps what people need, the fact and the file, with the place that it
 * was to be moved to, and leaves out the code and the name of the system call: `no such file or directory ("/media/a.mov")`.
 */
export function errorMessage(error: unknown): string {
  const fact = errorFact(error);
  if (!(error instanceof Error) || fact === error.message || !('path' in error)) return fact;
  const dest = 'dest' in error ? ` to ${shownPath(error.dest)}` : '';
  return `${fact} (${shownPath(error.path)}${dest})`;
}

function shownPath(path: unknown): string {
  return printable(withNames(String(path)));
}

/** The same without the file, for sentences that name it themselves. */
export function errorFact(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  const prefix = `${code}: `;
  if (code === undefined || !error.message.startsWith(prefix)) return error.message;
  return error.message.slice(prefix.length).split(', ')[0] ?? '';
}

/** What people call the files and folders that paths of open ones lead to. */
const names = new Map<string, string>();

/** @param path of an open file, as {@link pathOfOpen} makes it. @param name that it was opened by. */
export function rememberName(path: string, name: string): void {
  names.set(path, withNames(name));
}

export function forgetName(path: string): void {
  names.delete(path);
}

/** Puts the names that people know in the place of paths of open files, as programs and the system repeat them. */
export function withNames(text: string): string {
  return text.replaceAll(/\/proc\/\d+\/fd\/\d+/g, (path) => names.get(path) ?? path);
}
