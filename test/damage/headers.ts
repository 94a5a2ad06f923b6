import type { Format } from './healthy.ts';

/** Edits of headers that leave everything else of a file as it is. Offsets are those of each format's specification. */

/** By how much a length is made longer than what is there. */
const LONGER = 1.5;

/** Lets a header promise more of the picture or the sound than the file holds. */
export function declareLonger(bytes: Buffer, format: Format, what: 'picture' | 'sound'): Buffer {
  const edited = Buffer.from(bytes);
  if (format === 'mov' || format === 'mp4') loseTail(edited, what);
  if (format === 'avi') lengthenAvi(edited, what);
  if (format === 'mxf') lengthenMxf(edited, what);
  if (format === 'mkv') lengthenMatroska(edited, what);
  return changed(bytes, edited);
}

/** Lets a header name twice the width that the picture has. */
export function declareWider(bytes: Buffer, format: Format): Buffer {
  const edited = Buffer.from(bytes);
  if (format === 'mov' || format === 'mp4') {
    // The sample entry begins 16 bytes after the name of its table, its width 28 bytes later.
    edited.writeUInt16BE(640, edited.indexOf('stsd') + 44);
  }
  if (format === 'avi') edited.writeUInt32LE(640, edited.indexOf('strf') + 12);
  if (format === 'mkv') edited.writeUInt16BE(640, edited.indexOf(hex('b0820140')) + 2);
  if (format === 'mxf') {
    // Stored, sampled and displayed width, wherever the descriptor stands.
    for (const tag of ['3203', '3205', '3209']) {
      for (const at of positions(edited, hex(`${tag}000400000140`))) {
        edited.writeUInt32BE(640, at + 4);
      }
    }
  }
  return changed(bytes, edited);
}

/** FFmpeg's first stream in a transport stream. */
const PICTURE_PID = 0x100;
const PACKET_BYTES = 188;

/** Scrambles the picture's packets of a transport stream and marks them so. */
export function scramble(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at += PACKET_BYTES) {
    if ((bytes.readUInt16BE(at + 1) & 0x1fff) !== PICTURE_PID) continue;
    const flags = bytes.readUInt8(at + 3);
    const adaptation = (flags & 0x20) !== 0 ? 1 + bytes.readUInt8(at + 4) : 0;
    bytes.writeUInt8(flags | 0xc0, at + 3);
    for (let byte = at + 4 + adaptation; byte < at + PACKET_BYTES; byte += 1) {
      bytes.writeUInt8(bytes.readUInt8(byte) ^ ((byte * 151 + 89) & 0xff), byte);
    }
  }
  return bytes;
}

/** The index places the last quarter of a track's chunks behind the end of the file. */
function loseTail(bytes: Buffer, what: 'picture' | 'sound') {
  const table = bytes.indexOf('stco', bytes.indexOf(what === 'picture' ? 'vmhd' : 'smhd'));
  const count = bytes.readUInt32BE(table + 8);
  for (let chunk = Math.floor(count * 0.75); chunk < count; chunk += 1) {
    bytes.writeUInt32BE(bytes.length, table + 12 + 4 * chunk);
  }
}

function lengthenAvi(bytes: Buffer, what: 'picture' | 'sound') {
  const at = bytes.indexOf(what === 'picture' ? 'vids' : 'auds') + 32;
  bytes.writeUInt32LE(bytes.readUInt32LE(at) * LONGER, at);
}

/** The labels of picture and sound; in FFmpeg's files a duration follows each: tag 0202, eight bytes. */
const DATA_DEFINITIONS = {
  picture: '060e2b34040101010103020201000000',
  sound: '060e2b34040101010103020202000000',
};

function lengthenMxf(bytes: Buffer, what: 'picture' | 'sound') {
  const pattern = hex(`${DATA_DEFINITIONS[what]}02020008`);
  for (const at of positions(bytes, pattern)) {
    const duration = at + pattern.length;
    const frames = Number(bytes.readBigInt64BE(duration));
    bytes.writeBigInt64BE(BigInt(frames * LONGER), duration);
  }
}

/** A tag of each track holds its length as text, in the order of the tracks. */
function lengthenMatroska(bytes: Buffer, what: 'picture' | 'sound') {
  const [picture = -1, sound = -1] = positions(bytes, Buffer.from('00:00:02.'));
  bytes.write('00:00:03.', what === 'picture' ? picture : sound);
}

function positions(bytes: Buffer, pattern: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1))
    found.push(at);
  return found;
}

function changed(before: Buffer, after: Buffer): Buffer {
  if (before.equals(after)) throw new Error('Expected a header that can be edited');
  return after;
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}
