import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { getSystemErrorMap } from 'node:util';
import { onTestFinished } from 'vitest';

/** Calls of the file system by path. */
type Call =
  | 'access'
  | 'link'
  | 'lstat'
  | 'open'
  | 'opendir'
  | 'readdir'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'stat'
  | 'statfs';

/** An error of the system, in its words. */
export function systemError(code: string, path = '/x'): NodeJS.ErrnoException {
  const named = [...getSystemErrorMap().values()].find(([name]) => name === code);
  const message = `${code}: ${named?.[1] ?? 'refused'}, open '${path}'`;
  return Object.assign(new Error(message), { code, path, syscall: 'open' });
}

/**
 * Lets a call of the file system answer with an error, until the test ends.
 *
 * @param isMeant which calls, by their arguments; all of them without it.
 */
export function refuse(
  call: Call,
  code: string,
  isMeant: (path: string, ...rest: unknown[]) => boolean = () => true,
): void {
  watch(call, async (go, path, ...rest) => {
    if (isMeant(String(path), ...rest)) throw systemError(code, String(path));
    return go();
  });
}

/**
 * Has every file and folder that is opened refuse a call with EIO, until the test ends.
 *
 * @returns what was opened; its `fd` is -1 once it is closed.
 */
export function refuseOpened(call: 'chmod' | 'stat' | 'sync' | 'truncate'): { fd: number }[] {
  const opened: { fd: number }[] = [];
  watch('open', async (go) => {
    const file = (await go()) as { fd: number };
    opened.push(file);
    return Object.assign(file, {
      [call]: async () => {
        throw systemError('EIO');
      },
    });
  });
  return opened;
}

/** Puts something around a call of the file system, until the test ends. @param go makes the call. */
export function watch(
  call: Call,
  around: (go: () => Promise<unknown>, ...args: unknown[]) => Promise<unknown>,
): void {
  const calls = fs as unknown as Record<Call, (...args: unknown[]) => Promise<unknown>>;
  const real = calls[call];
  calls[call] = (...args) => around(() => real(...args), ...args);
  syncBuiltinESMExports();
  onTestFinished(() => {
    calls[call] = real;
    syncBuiltinESMExports();
  });
}
