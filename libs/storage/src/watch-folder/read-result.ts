import { constants } from 'node:fs';
import { basename } from 'node:path';
import { MAX_RESULT_BYTES, membersOf, refusalOfName, type JsonObject } from '@app/jobspec/folder';
import {
  NotAResult,
  parseResult as readBytes,
  type ReadClip,
  type ReadHead,
  type ResultMetadata,
} from '@app/jobspec/result';
import { errorCode } from '../files/system-error.ts';
import { mappedPath } from '../files/real-path.ts';
import { open, type FileHandle } from '../files/bounded-fs.ts';
import { closing } from '../files/closing.ts';

/** Errors of opening a link, a FIFO, a socket or a directory. */
const NO_FILE = new Set(['ELOOP', 'ENXIO', 'EISDIR']);
/** Maximum nesting; results of the runner have six levels. */
const LEVELS = 32;

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;

/** Result with as much of each clip as the reader keeps: complete clips take several times the memory of their bytes. */
export type ReadResult<Clip> = ReadHead & { clips: Clip[] };

/**
 * Reads a result file of this or an earlier runner. Anything else under that name, such as a FIFO or a huge file, is
 * neither waited for nor read whole.
 *
 * @param keep maps each clip to what is kept of it.
 * @throws NotAResult; the system's error if it can't be read.
 */
export async function readResult<Clip>(
  path: string,
  keep: (clip: ReadClip) => Clip,
): Promise<ReadResult<Clip>> {
  return useBytes(path, (bytes) => {
    const clips: Clip[] = [];
    const head = readBytes(bytes, (clip) => clips.push(keep(withPathsHere(clip))));
    const { archived_as, jobspec_sha256 } = head._metadata;
    if (!isJobName(archived_as) || jobspec_sha256 === '')
      throw new NotAResult("doesn't say which job it belongs to", true);
    return { ...head, clips };
  });
}

/** Maps the paths of a clip: the machine that wrote the result may have others. */
function withPathsHere(clip: ReadClip): ReadClip {
  const source_path = mappedPath(clip.source_path);
  return { ...clip, source_path, resolved_output_path: mappedPath(clip.resolved_output_path) };
}

/** Reads a result file without its clips. @throws as {@link readResult} */
export async function readHead(path: string): Promise<ReadHead> {
  const { clips: _, ...head } = await readResult(path, () => null);
  return head;
}

/**
 * Bytes of a result with another archive name and time; everything else is unchanged.
 *
 * @throws NotAResult; the system's error if it can't be read.
 */
export async function resultWith(
  path: string,
  { archived_as, result_written_at }: ResultMetadata,
): Promise<Uint8Array> {
  return useBytes(path, (bytes) => {
    const member = [...membersOf(bytes, LEVELS)].findLast(({ key }) => key === '_metadata');
    if (!member) throw new NotAResult('has no _metadata', true);
    const written = JSON.parse(bytes.toString('utf8', member.from, member.to)) as JsonObject;
    const metadata = { ...written, archived_as, result_written_at };
    const text = ` ${JSON.stringify(metadata, null, 2).replaceAll('\n', '\n  ')}\n`;
    return Buffer.concat([
      bytes.subarray(0, member.from),
      Buffer.from(text),
      bytes.subarray(member.to),
    ]);
  });
}

async function useBytes<T>(path: string, use: (bytes: Buffer) => T): Promise<T> {
  return closing(await openFile(path), async (file) => {
    const stats = await file.stat();
    if (!stats.isFile()) throw new NotAResult('is not a regular file', false);
    if (stats.size > MAX_RESULT_BYTES) throw new NotAResult('is larger than any result', false);
    const memory = new ArrayBuffer(stats.size, { maxByteLength: stats.size });
    const bytes = Buffer.from(memory);
    const length = await readInto(file, bytes);
    try {
      return use(bytes.subarray(0, length));
    } finally {
      // Freed at once: the next result may come before the garbage collector.
      memory.resize(0);
    }
  });
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW).catch((error: unknown) => {
    throw NO_FILE.has(errorCode(error) ?? '')
      ? new NotAResult('is not a regular file', false)
      : error;
  });
}

async function readInto(file: FileHandle, bytes: Buffer): Promise<number> {
  for (let length = 0; ;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    if (bytesRead === 0 || length === bytes.length) return length;
  }
}

/** A job is archived under this name, so it must not be a path. */
function isJobName(name: string): boolean {
  return basename(name) === name && refusalOfName(name) === null;
}
