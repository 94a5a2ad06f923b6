import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type JobReading, readJob, withMappedPaths } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';
import { type FileHandle, lstat } from '../files/bounded-fs.ts';
import { mappedPath } from '../files/real-path.ts';
import { openEntry } from '../files/regular-file.ts';
import { beforeStopping } from '../process/before-stopping.ts';
import { publishFile } from '../files/publish-file.ts';
import { markOf } from '../sources/source-survey.ts';
import { closing } from '../files/closing.ts';

/** A file that is too large is read this far, and no farther, however large it is. */
const MOST_HASHED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** The bytes of a job file at one moment. */
interface JobBytes {
  /** The file's bytes; of a file over the size limit just enough to show that it is too large. */
  bytes: Uint8Array;
  /** Of all bytes, in lower-case hex; of a file that is larger than any mistake, of its beginning. */
  sha256: string;
  /** Changes whenever the file is replaced, resized or written to. */
  fingerprint: string;
}

/** A job file, and what its bytes say. */
export interface JobFile extends JobBytes {
  reading: JobReading;
}

/**
 * Reads a job file and parses it, once for everybody who asks what it says. Its paths are as they are called here.
 *
 * @param open `openNamed` for a file that the user has named.
 * @throws as {@link readJobBytes} does.
 */
export async function readJobFile(path: string, open = openEntry): Promise<JobFile> {
  const file = await readJobBytes(path, open);
  return { ...file, reading: withMappedPaths(readJob(file.bytes, file.sha256), mappedPath) };
}

/**
 * Reads a job file, however large it is, in bounded time and memory.
 *
 * @param open as {@link readJobFile} has it.
 * @throws the system's error; an error when it is a directory, symbolic link, FIFO, socket or device.
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
  for (let length = 0; length < MOST_HASHED_BYTES;) {
    const { bytesRead } = await file.read(buffer);
    if (bytesRead === 0) break;
    const piece = buffer.subarray(0, bytesRead);
    hash.update(piece);
    if (length <= MAX_JOBSPEC_BYTES) kept.push(Buffer.from(piece));
    length += bytesRead;
  }
  return { bytes: Buffer.concat(kept), sha256: hash.digest('hex') };
}

/** The fingerprint of a file that isn't opened. @throws the system's error. */
export async function fingerprintAt(path: string): Promise<string> {
  return markOf(await lstat(path, { bigint: true }));
}

async function fingerprintOf(file: FileHandle): Promise<string> {
  return markOf(await file.stat({ bigint: true }));
}

/** Its owner may write, everybody may read: `rw-r--r--`. */
const READABLE = 0o644;

/**
 * Puts a file into a folder: whole, durable, and never over another one. A signal to stop takes effect after it.
 *
 * @returns its path.
 * @throws JobFailure `OutputCollisionError` when the name is taken; the system's error. Then nothing of it is left.
 */
export async function dropFile(bytes: Uint8Array, folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await beforeStopping(() => publishFile(path, bytes, { prepare: letOthersRead }));
  return path;
}

/**
 * The runner is often another user, and the submitter's umask may be 077. Who gets as far as the file is for the folder's own
 * rights to say. A filesystem without such rights decides for itself.
 */
async function letOthersRead(file: FileHandle) {
  await file.chmod(READABLE).catch(() => undefined);
}
