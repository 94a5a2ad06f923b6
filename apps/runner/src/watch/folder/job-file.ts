import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { readJob, type JobReading } from '@app/jobspec';
import { MAX_JOBSPEC_BYTES } from '@app/jobspec/folder';

/** The bytes of a job file at one moment. */
export interface JobBytes {
  /** The file's bytes; of a file over the size limit just enough to show that it is too large. */
  bytes: Uint8Array;
  /** Of all bytes, in lower-case hex. */
  sha256: string;
  /** Changes whenever the file is replaced, resized or written to. */
  fingerprint: string;
}

/** A job file, and what its bytes say. */
export interface JobFile extends JobBytes {
  reading: JobReading;
}

/** Reads a job file and parses it, once for everybody who asks what it says. @throws as {@link readJobBytes} does. */
export async function readJobFile(path: string): Promise<JobFile> {
  const file = await readJobBytes(path);
  return { ...file, reading: readJob(file.bytes, file.sha256) };
}

/**
 * Reads a job file, however large it is, in bounded memory.
 *
 * @throws the system's error; an error when it is a directory, FIFO, socket or device, which could block for ever.
 */
export async function readJobBytes(path: string): Promise<JobBytes> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new Error('it is not a regular file');
    const before = await fingerprintOf(file);
    const hash = createHash('sha256');
    const kept: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      if (length <= MAX_JOBSPEC_BYTES) kept.push(chunk);
      length += chunk.length;
    }
    const after = await fingerprintOf(file);
    return {
      bytes: Buffer.concat(kept),
      sha256: hash.digest('hex'),
      fingerprint: before === after ? after : `${before} then ${after}`,
    };
  } finally {
    await file.close();
  }
}

async function fingerprintOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs].join(':');
}
