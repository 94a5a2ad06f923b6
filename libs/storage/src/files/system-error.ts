import { constants } from 'node:os';
import { printable } from '@app/jobspec/folder';

/** Errors of quotas and network mounts that Node has no names for, in the system's words. */
const UNKNOWN_TO_NODE = [
  ['EDQUOT', 'disk quota exceeded'],
  ['ENOLCK', 'no locks available'],
  ['ESTALE', 'stale file handle'],
] as const;

/** Gives an error that Node doesn't know the system's name; returns all others as they are. */
export function withSystemName(error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const { code: raw, errno = 0 } = error;
  const [code, words] = UNKNOWN_TO_NODE.find(([name]) => errno === -constants.errno[name]) ?? [];
  if (code === undefined) return error;
  const message = error.message.replace(`${raw}: ${raw}`, `${code}: ${words}`);
  return Object.assign(error, { code, message });
}

/** Code of a system error (`ENOENT`), or `undefined` for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** True for errors of a system call. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && errorCode(error) !== undefined;
}

/** True if a name doesn't exist. */
export function isAbsent(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
}

/** True if a file system or a quota is full. */
export function isNoSpace(error: unknown): boolean {
  return errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT';
}

/**
 * Message of any thrown value. For a system error, the fact with the file and the destination of a move, without code and system call:
 * `no such file or directory ("/media/a.mov")`.
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

/** Message without the file, for sentences that name it themselves. */
export function errorFact(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  const prefix = `${code}: `;
  if (code === undefined || !error.message.startsWith(prefix)) return error.message;
  return error.message.slice(prefix.length).split(', ')[0] ?? '';
}

/** Names for people of open files and folders, by their paths in `/proc`. */
const names = new Map<string, string>();

/** @param path path of an open file from {@link pathOfOpen}. @param name name it was opened by. */
export function rememberName(path: string, name: string): void {
  names.set(path, withNames(name));
}

export function forgetName(path: string): void {
  names.delete(path);
}

/** Replaces `/proc` paths of open files in messages of programs and the system by the names that people know. */
export function withNames(text: string): string {
  return text.replaceAll(/\/proc\/\d+\/fd\/\d+/g, (path) => names.get(path) ?? path);
}
