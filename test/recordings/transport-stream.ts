import { readFile, writeFile } from 'node:fs/promises';

const PACKET = 188;
const TICKS = 90_000;

/** Changes when one picture of a transport stream is shown, where that is all its header says (ISO/IEC 13818-1, 2.4.3.6). */
export async function retime(path: string, picture: number, seconds: number): Promise<void> {
  const bytes = await readFile(path);
  const starts = [...headersOfPictures(bytes)];
  const at = (starts[picture] ?? Number.NaN) + 9;
  writeTime(bytes, at, readTime(bytes, at) + Math.round(seconds * TICKS));
  await writeFile(path, bytes);
}

/** Offsets of picture headers: the first video stream has the number 0xE0. */
function* headersOfPictures(bytes: Buffer): Generator<number> {
  for (let packet = 0; packet < bytes.length; packet += PACKET) {
    const begins = (bytes.readUInt8(packet + 1) & 0x40) !== 0;
    const isAdapted = (bytes.readUInt8(packet + 3) & 0x20) !== 0;
    const start = packet + 4 + (isAdapted ? bytes.readUInt8(packet + 4) + 1 : 0);
    if (begins && bytes.readUInt32BE(start) === 0x1e0) yield start;
  }
}

/** 33 bits, with a bit that is set behind each of its three parts. */
function readTime(bytes: Buffer, at: number): number {
  const high = (bytes.readUInt8(at) >> 1) & 7;
  return (
    high * 2 ** 30 + (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(at + 3) >> 1)
  );
}

function writeTime(bytes: Buffer, at: number, time: number): void {
  const part = (shift: number) => Math.floor(time / 2 ** shift) % 2 ** 15;
  bytes.writeUInt8((bytes.readUInt8(at) & 0xf1) | ((part(30) & 7) << 1), at);
  bytes.writeUInt16BE((part(15) << 1) | 1, at + 1);
  bytes.writeUInt16BE((part(0) << 1) | 1, at + 3);
}
