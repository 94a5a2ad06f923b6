import * as fs from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { answered, isUnanswered } from './storage-deadline.ts';

export type { FileHandle } from 'node:fs/promises';

/**
 * File system calls with a time limit, which a stop cuts short; see `storage-deadline.ts`. No other file may import
 * `node:fs/promises`.
 */
export const access = patient('access');
export const chmod = patient('chmod');
export const chown = patient('chown');
export const link = patient('link');
export const lstat = patient('lstat');
export const mkdir = patient('mkdir');
export const mkdtemp = patient('mkdtemp');
export const opendir = patient('opendir');
export const readdir = patient('readdir');
export const readFile = patient('readFile');
export const readlink = patient('readlink');
export const realpath = patient('realpath');
export const rename = patient('rename');
export const rm = patient('rm');
export const rmdir = patient('rmdir');
export const stat = patient('stat');
export const statfs = patient('statfs');
export const utimes = patient('utimes');
export const writeFile = patient('writeFile');

/** Calls on the open file have the same limit. */
export const open: typeof fs.open = async (path, ...rest) => {
  const name = String(path);
  let opening: Promise<FileHandle> | undefined;
  try {
    return makePatient(name, await answered(name, () => (opening = fs.open(path, ...rest))));
  } catch (error) {
    // Closes a file that is opened after its time limit.
    void opening?.then((file) => file.close()).catch(() => undefined);
    throw error;
  }
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

function makePatient(path: string, file: FileHandle): FileHandle {
  for (const name of HANDLE_CALLS) {
    const call = file[name].bind(file) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(file, { [name]: (...args: unknown[]) => answered(path, () => call(...args)) });
  }
  const close = file.close.bind(file);
  // A file that hangs can't be closed, which isn't worth another wait.
  file.close = async () => {
    if (!isUnanswered(path)) return answered(path, close);
    void close().catch(() => undefined);
  };
  return file;
}

type Call = (...args: unknown[]) => Promise<unknown>;

function patient<Name extends keyof typeof fs>(name: Name): (typeof fs)[Name] {
  const call: Call = (...args) => answered(String(args[0]), () => (fs[name] as Call)(...args));
  return call as unknown as (typeof fs)[Name];
}
