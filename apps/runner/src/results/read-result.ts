import { constants } from 'node:fs';
import { basename } from 'node:path';
import { FINAL_STATUSES, type ClipResult, type ResultHead } from '@app/jobspec';
import {
  elementsOf,
  MAX_LISTED_VIOLATIONS,
  MAX_RESULT_BYTES,
  MAX_SOURCES,
  membersOf,
  refusalOfName,
  type Span,
} from '@app/jobspec/folder';
import { errorCode, open, type FileHandle } from '../files/index.ts';

/** What the runner writes has six levels. */
const LEVELS = 32;
/** No clip, no violation and no other member is larger: parsed, it takes some twenty times as much memory. */
const MOST_BYTES = 1024 * 1024;

/** What a link, a FIFO, a socket or a directory answers. */
const NO_FILE = new Set(['ELOOP', 'ENXIO', 'EISDIR']);

const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;

/** What lies under the name of a result is none. */
export class NotAResult extends Error {
  constructor() {
    super('it is not a result');
  }
}

/** Of a result's clips as much as the reader keeps: all of them take several times as much memory as their bytes. */
export type ReadResult<Clip> = ResultHead & { clips: Clip[] };

/**
 * Reads a result file that this runner, or an earlier one, wrote. Whatever else lies there under its name is not opened for
 * long, nor read whole.
 *
 * @param keep what is kept of a clip.
 * @throws NotAResult; the system's error when it can't be read.
 */
export async function readResult<Clip>(
  path: string,
  keep: (clip: ClipResult) => Clip,
): Promise<ReadResult<Clip>> {
  return useBytes(path, (bytes) => {
    const { clips, ...head } = parse(bytes, keep);
    if (!decides(head)) throw new NotAResult();
    return { ...head, clips };
  });
}

/** Reads a result file without its lists. @throws as {@link readResult} */
export async function readHead(path: string): Promise<ResultHead> {
  const { clips: _, ...head } = await readResult(path, () => null);
  return head;
}

/**
 * The bytes of a result with other facts about how it came to be.
 *
 * @throws NotAResult; the system's error when it can't be read.
 */
export async function resultWith(
  path: string,
  metadata: ResultHead['_metadata'],
): Promise<Uint8Array> {
  return useBytes(path, (bytes) => {
    const member = [...membersOf(bytes, LEVELS)].findLast(({ key }) => key === '_metadata');
    if (!member) throw new NotAResult();
    const text = ` ${JSON.stringify(metadata, null, 2).replaceAll('\n', '\n  ')}\n`;
    return Buffer.concat([
      bytes.subarray(0, member.from),
      Buffer.from(text),
      bytes.subarray(member.to),
    ]);
  });
}

async function useBytes<T>(path: string, use: (bytes: Buffer) => T): Promise<T> {
  const file = await openFile(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > MAX_RESULT_BYTES) throw new NotAResult();
    const memory = new ArrayBuffer(stats.size, { maxByteLength: stats.size });
    const bytes = Buffer.from(memory);
    const length = await readInto(file, bytes);
    try {
      return use(bytes.subarray(0, length));
    } finally {
      // Given back now: the next result may come before anybody collects it.
      memory.resize(0);
    }
  } catch (error) {
    throw error instanceof SyntaxError || error instanceof RangeError ? new NotAResult() : error;
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW).catch((error: unknown) => {
    throw NO_FILE.has(errorCode(error) ?? '') ? new NotAResult() : error;
  });
}

async function readInto(file: FileHandle, bytes: Buffer): Promise<number> {
  for (let length = 0; ;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    length += bytesRead;
    if (bytesRead === 0 || length === bytes.length) return length;
  }
}

function parse<Clip>(bytes: Buffer, keep: (clip: ClipResult) => Clip) {
  const head: Record<string, unknown> = {};
  let clips: Clip[] = [];
  for (const { key, ...span } of membersOf(bytes, LEVELS)) {
    if (key === 'clips')
      clips = elements(bytes, span, MAX_SOURCES, (one) => keep(one as ClipResult));
    else if (key === 'violations') elements(bytes, span, MAX_LISTED_VIOLATIONS + 1, () => null);
    else head[key] = valueOf(bytes, span);
  }
  return { ...(head as Partial<ResultHead>), clips };
}

function elements<T>(bytes: Buffer, list: Span, most: number, keep: (value: unknown) => T): T[] {
  const kept: T[] = [];
  for (const span of elementsOf(bytes, list, LEVELS)) {
    if (kept.length === most) throw new NotAResult();
    kept.push(keep(valueOf(bytes, span)));
  }
  return kept;
}

function valueOf(bytes: Buffer, { from, to }: Span): unknown {
  if (to - from > MOST_BYTES) throw new NotAResult();
  return JSON.parse(bytes.toString('utf8', from, to));
}

function decides(head: Partial<ResultHead>): head is ResultHead {
  return (
    FINAL_STATUSES.some((status) => status === head.final_status) &&
    isJobName(head._metadata?.archived_as) &&
    typeof head._metadata?.jobspec_sha256 === 'string'
  );
}

/** A job is archived under this name: it must not lead anywhere else. */
function isJobName(name: unknown): boolean {
  return typeof name === 'string' && basename(name) === name && refusalOfName(name) === null;
}
