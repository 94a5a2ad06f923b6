import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type JobReading, readJob, withMappedPaths } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import { type FileHandle, lstat } from '../files/bounded-fs.ts';
import { mappedPath } from '../files/real-path.ts';
import { openEntry } from '../files/regular-file.ts';
import { beforeStopping } from '../process/before-stopping.ts';
import { publishFile } from '../files/publish-file.ts';
import { stampOf } from '../sources/source-survey.ts';
import { closing } from '../files/closing.ts';

/** Limit of the bytes read from an oversized file. */
const MAX_HASHED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** Bytes of a job file at one moment. */
interface JobBytes {
  /** Bytes of the file; of an oversized one, just enough to show that it is too large. */
  bytes: Uint8Array;
  /** Hash of all bytes, in lower-case hex; of a file beyond the reading limit, only of its beginning. */
  sha256: string;
  /** Changes whenever the file is replaced, resized or written to. */
  fingerprint: string;
}

/** Job file with its parsed content. */
export interface JobFile extends JobBytes {
  reading: JobReading;
}

/**
 * Reads and parses a job file. Its paths are mapped to this machine.
 *
 * @param open `openNamed` for a file that the user has named.
 * @throws as {@link readJobBytes} does.
 */
export async function readJobFile(path: string, open = openEntry): Promise<JobFile> {
  const file = await readJobBytes(path, open);
  return { ...file, reading: withMappedPaths(readJob(file.bytes, file.sha256), mappedPath) };
}

/**
 * Reads a job file of any size in bounded time and memory.
 *
 * @param open see {@link readJobFile}.
 * @throws the system's error; an Error if it is a directory, symbolic link, FIFO, socket or device.
 */
export async function readJobBytes(path: string, open = openEntry): Promise<JobBytes> {
  return closing(await open(path), async (file) => {
    const before = await fingerprintOf(file);
    const { bytes, sha256 } = await readAtMost(file);
    const after = await fingerprintOf(file);
    return { bytes, sha256, fingerprint: before === after ? after : `${before} then ${after}` };
  });
}

async function readAtMost(file: FileHandle): Promise<Pick<JobBytes, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (let length = 0; length < MAX_HASHED_BYTES;) {
    const { bytesRead } = await file.read(buffer);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    if (length <= MAX_JOBSPEC_BYTES) kept.push(Buffer.from(piece));
    length += bytesRead;
  }
  return { bytes: Buffer.concat(kept), sha256: hash.digest('hex') };
}

/** Fingerprint of a file, without opening it. @throws the system's error. */
export async function fingerprintAt(path: string): Promise<string> {
  return stampOf(await lstat(path, { bigint: true }));
}

async function fingerprintOf(file: FileHandle): Promise<string> {
  return stampOf(await file.stat({ bigint: true }));
}

/** Mode `rw-r--r--`. */
const READABLE = 0o644;

/**
 * Puts a file into a folder: complete, durable, and never over another one. A signal to stop takes effect afterwards.
 *
 * @returns its path.
 * @throws JobFailure `OutputCollisionError` if the name is taken; the system's error. In both cases nothing of the file
 * is left.
 */
export async function submitFile(bytes: Uint8Array, folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await beforeStopping(() => publishFile(path, bytes, { prepare: letOthersRead, mayMoveOn: true }));
  return path;
}

/**
 * The runner is often another user, and the submitter's umask may be 077. The folder's own permissions limit who can reach the file.
 * Ignored by file systems without modes.
 */
async function letOthersRead(file: FileHandle) {
  await file.chmod(READABLE).catch(() => undefined);
}
