import * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { callStorage, isUnanswered } from './storage-deadline.ts';

export type { FileHandle } from 'node:fs/promises';

/**
 * File system calls with a time limit, which a stop cuts short; see `storage-deadline.ts`. No other file may import
 * `node:fs/promises`.
 */
export const access = bounded('access');
export const chmod = bounded('chmod');
export const link = bounded('link');
export const lstat = bounded('lstat');
export const mkdir = bounded('mkdir');
export const mkdtemp = bounded('mkdtemp');
export const opendir = bounded('opendir');
export const readdir = bounded('readdir');
export const readFile = bounded('readFile');
export const readlink = bounded('readlink');
export const realpath = bounded('realpath');
export const rename = bounded('rename');
export const rm = bounded('rm');
export const rmdir = bounded('rmdir');
export const stat = bounded('stat');
export const statfs = bounded('statfs');
export const utimes = bounded('utimes');
export const writeFile = bounded('writeFile');

/** Opens a file whose own calls have the same limit. */
export const open: typeof fs.open = async (path, ...rest) => {
  const name = String(path);
  return boundHandle(name, await callStorage(name, () => fs.open(path, ...rest)));
};

const HANDLE_CALLS = [
  'appendFile',
  'chmod',
  'datasync',
  'read',
  'readFile',
  'stat',
  'sync',
  'truncate',
  'write',
  'writeFile',
] as const;

function boundHandle(path: string, file: FileHandle): FileHandle {
  for (const name of HANDLE_CALLS) {
    const call = file[name].bind(file) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(file, { [name]: (...args: unknown[]) => callStorage(path, () => call(...args)) });
  }
  const close = file.close.bind(file);
  // Closing a file that hangs would hang, too: not worth another wait.
  file.close = async () => {
    if (!isUnanswered(path)) return callStorage(path, close);
    void close().catch(() => undefined);
  };
  return file;
}

type Call = (...args: unknown[]) => Promise<unknown>;

function bounded<Name extends keyof typeof fs>(name: Name): (typeof fs)[Name] {
  const call: Call = (...args) => callStorage(String(args[0]), () => (fs[name] as Call)(...args));
  return call as unknown as (typeof fs)[Name];
}
