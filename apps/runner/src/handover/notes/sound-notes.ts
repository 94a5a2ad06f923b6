import type { FileHandle } from '../../files/index.ts';
import { openRegular } from '../../files/index.ts';
import { elementsIn, readXml, textOf, type XmlElement } from '../../mhl/xml.ts';
import { parseRational, rationalToNumber } from '@app/engines';

/** What a recorder notes in a WAV, in its chunks `bext` (EBU Tech 3285) and `iXML`. What it doesn't tell is `null`. */
export interface AudioNotes {
  path: string;
  scene: string | null;
  take: string | null;
  roll: string | null;
  /** Of its first sample after midnight, by a clock, in seconds. */
  startSeconds: number | null;
  seconds: number | null;
  /** Seconds of timecode in a second of a clock; `null` where it doesn't tell: then that of the clip. */
  pace: number | null;
}

/** More chunks than this has no recorder. */
const MOST_CHUNKS = 1000;
const MOST_IXML = 1024 * 1024;
const BEXT_BYTES = 602;
/** RF64 writes this where a size doesn't fit. */
const ELSEWHERE = 0xffffffff;

interface Chunks {
  format?: Buffer;
  bext?: Buffer;
  ixml?: Buffer;
  dataBytes?: number;
}

/**
 * Reads the notes of a WAV, BWF or RF64, and none of its sound.
 *
 * @returns `null` for a file that is none.
 * @throws the system's error.
 */
export async function readAudioNotes(path: string): Promise<AudioNotes | null> {
  const file = await openRegular(path);
  try {
    const chunks = await chunksOf(file);
    return chunks && notesIn(path, chunks);
  } finally {
    await file.close();
  }
}

async function chunksOf(file: FileHandle): Promise<Chunks | null> {
  const head = await read(file, 0, 12);
  const isWave = head.length === 12 && head.toString('latin1', 8) === 'WAVE';
  if (!isWave || !['RIFF', 'RF64', 'BW64'].includes(head.toString('latin1', 0, 4))) return null;
  const chunks: Chunks = {};
  let large = 0;
  for (let [at, count] = [12, 0]; count < MOST_CHUNKS; count++) {
    const header = await read(file, at, 8);
    if (header.length < 8) break;
    const id = header.toString('latin1', 0, 4);
    let bytes = header.readUInt32LE(4);
    const body = (most: number) => read(file, at + 8, Math.min(bytes, most));
    if (id === 'ds64') large = largeSize(await body(28));
    else if (id === 'fmt ') chunks.format = await body(16);
    else if (id === 'bext') chunks.bext = await body(BEXT_BYTES);
    else if (id === 'iXML') chunks.ixml = await body(MOST_IXML);
    else if (id === 'data') {
      if (bytes === ELSEWHERE) bytes = large;
      chunks.dataBytes = bytes;
    }
    at += 8 + bytes + (bytes % 2);
  }
  return chunks;
}

function largeSize(body: Buffer): number {
  return body.length < 16 ? 0 : Number(body.readBigUInt64LE(8));
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

function notesIn(path: string, { format, bext, ixml, dataBytes }: Chunks): AudioNotes {
  const said = ixml === undefined ? null : ixmlOf(ixml);
  const description = bext === undefined ? '' : textIn(bext.subarray(0, 256));
  const of = (name: string) => wordIn(said, name) ?? describedIn(description, name);
  const isWhole = format !== undefined && format.length >= 12;
  const [rate, byteRate] = isWhole ? [format.readUInt32LE(4), format.readUInt32LE(8)] : [0, 0];
  const samples = samplesIn(bext);
  return {
    path,
    scene: of('SCENE'),
    take: of('TAKE'),
    roll: of('TAPE'),
    startSeconds: samples === null || rate === 0 ? null : samples / rate,
    seconds: dataBytes === undefined || byteRate === 0 ? null : dataBytes / byteRate,
    pace: paceIn(said),
  };
}

/** Samples since midnight. */
function samplesIn(bext: Buffer | undefined): number | null {
  if (bext === undefined || bext.length < 346) return null;
  return bext.readUInt32LE(338) + bext.readUInt32LE(342) * 2 ** 32;
}

function ixmlOf(bytes: Buffer): XmlElement | null {
  try {
    const [root] = elementsIn(readXml(textIn(bytes)), 'BWFXML');
    return root ?? null;
  } catch {
    // Recorders leave it half written at a power cut; what bext says stays.
    return null;
  }
}

function wordIn(element: XmlElement | null, name: string): string | null {
  const [found] = element === null ? [] : elementsIn(element, name);
  const text = found === undefined ? '' : textOf(found);
  return text === '' ? null : text;
}

/** Lines such as `sSCENE=12A`. */
function describedIn(description: string, name: string): string | null {
  const line = description
    .split(/[\r\n]+/)
    .find((one) => one.slice(one.startsWith(name) ? 0 : 1).startsWith(`${name}=`));
  const text = line?.slice(line.indexOf('=') + 1).trim() ?? '';
  return text === '' ? null : text;
}

function paceIn(said: XmlElement | null): number | null {
  const [speed] = said === null ? [] : elementsIn(said, 'SPEED');
  const rate = parseRational(speed === undefined ? '' : (wordIn(speed, 'TIMECODE_RATE') ?? ''));
  if (speed === undefined || rate === null || rate.numerator <= 0) return null;
  if (wordIn(speed, 'TIMECODE_FLAG')?.toUpperCase() === 'DF') return 1;
  const frames = rationalToNumber(rate);
  return frames / Math.round(frames);
}

/** Up to the first zero byte. */
function textIn(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end).replace(/^\uFEFF/, '');
}
