import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSource, patchBytes, type ClipOptions } from './media.ts';

/** An H.264 clip in MOV whose sample entry claims another codec: what a RAW MOV is to a reader that doesn't know it. */
export async function makeTaggedMov(
  dir: string,
  name: string,
  tag: string,
  options: Pick<ClipOptions, 'timecode'> = {},
): Promise<string> {
  const path = await makeSource(dir, name, { ...options, container: 'mov' });
  await patchBytes(path, Buffer.from('avc1'), Buffer.from(tag));
  return path;
}

/**
 * Essence container and picture coding labels, bytes 8 to 15, of camera RAW in MXF, and the key of its pictures where that tells.
 * FFmpeg 7.1 to 9.0 knows none of them.
 */
export const RAW_MXF_LABELS = {
  'packed ARRIRAW': ['0d010301 02220100', '04010201 02010101'],
  'ARRIRAW HDE': ['0d010301 02220200', '04010201 02010201'],
  'ARRIRAW of an ALEXA Mini': ['0f010301 01000100', '0f010202 01010100'],
  ARRICORE: ['0f010301 02000100', '0f010202 02010100', '0d010301 15012001'],
  'X-OCN LT': ['0e060d03 02020100', '0e060401 02060601'],
  'X-OCN of a VENICE 2': ['0e060d03 02020100', '0e060401 02060501'],
  'Sony RAW SQ': ['0e060d03 02010100', '0e060401 02040201'],
} as const;

/** An MXF whose picture has the labels of camera RAW, beside sound. */
export async function makeUnknownMxf(
  dir: string,
  name: string,
  labels: keyof typeof RAW_MXF_LABELS = 'packed ARRIRAW',
): Promise<string> {
  const path = await makeSource(dir, name, { codec: 'mpeg2', container: 'mxf', audioTracks: [1] });
  const [container, coding, key] = RAW_MXF_LABELS[labels];
  await patchBytes(path, hex('0d010301 02046001'), hex(container));
  await patchBytes(path, hex('04010202 01011100'), hex(coding));
  if (key !== undefined) await patchBytes(path, hex('0d010301 15010500'), hex(key));
  return path;
}

/** The first block of a REDCODE file: magic `RED1` (FFmpeg knows it) or `RED2` (it doesn't), and what a demuxer reads. */
export async function makeR3d(dir: string, name: string, magic: 'RED1' | 'RED2'): Promise<string> {
  const header = Buffer.alloc(0x1000);
  header.writeUInt32BE(0x154, 0);
  header.write(magic, 4);
  header.writeUInt8(1, 8);
  header.writeUInt32BE(24_000, 12);
  header.writeUInt32BE(4096, 52);
  header.writeUInt32BE(2304, 56);
  header.writeUInt16BE(24_000, 62);
  header.writeUInt16BE(1001, 64);
  header.write('A001_C001.R3D', 67);
  const path = join(dir, name);
  await writeFile(path, header);
  return path;
}

/** A QuickTime reference movie: the clip's own header, with a Macintosh alias to `target` as its media. */
export async function makeReferenceMovie(dir: string, name: string, target: string) {
  const path = await makeSource(dir, name, { container: 'mov' });
  const alias = aliasEntry(target);
  const selfContained = hex('0000000c 75726c20 00000001');
  const movie = await readFile(path);
  const at = movie.indexOf(selfContained);
  if (at === -1) throw new Error(`Expected a data reference in ${path}`);
  const growth = alias.length - selfContained.length;
  for (const type of ['moov', 'trak', 'mdia', 'minf', 'dinf', 'dref']) {
    const size = movie.lastIndexOf(type, at) - 4;
    movie.writeUInt32BE(movie.readUInt32BE(size) + growth, size);
  }
  const rest = movie.subarray(at + selfContained.length);
  await writeFile(path, Buffer.concat([movie.subarray(0, at), alias, rest]));
  return path;
}

/** Field offsets of an alias record: volume name at 10, file name at 50, levels at 130, tagged paths from 150. */
function aliasEntry(target: string): Buffer {
  const path = Buffer.from(`V${target.replaceAll('/', ':')}`);
  const fixed = Buffer.alloc(150);
  fixed.writeUInt8(1, 10);
  fixed.write('V', 11);
  fixed.writeUInt16BE(1, 130);
  fixed.writeUInt16BE(1, 132);
  const tagged = Buffer.alloc(4);
  tagged.writeUInt16BE(2, 0);
  tagged.writeUInt16BE(path.length, 2);
  const padding = Buffer.alloc(path.length % 2);
  const body = Buffer.concat([fixed, tagged, path, padding, hex('ffff0000')]);
  const header = Buffer.alloc(12);
  header.writeUInt32BE(header.length + body.length, 0);
  header.write('alis', 4);
  return Buffer.concat([header, body]);
}

function hex(digits: string): Buffer {
  return Buffer.from(digits.replaceAll(' ', ''), 'hex');
}
