import { execa } from 'execa';
import type { Healthy } from './healthy.ts';

const TS_PACKET_BYTES = 188;
/** Headers of a transport packet, an adaptation field among them, reach no further. */
const TS_HEADER_BYTES = 20;
/** Keys and lengths before a packet's own bytes, in any of the formats. */
const WRAPPER_BYTES = 32;

/**
 * Replaces bytes inside the picture's packets by noise and leaves the container sound.
 *
 * @param isChosen takes a packet's number in the file, from 0.
 * @param end where the noise ends, as a share of the packet.
 */
export async function spoilPackets(
  { path, bytes, format }: Healthy,
  isChosen: (packet: number) => boolean,
  end: number,
): Promise<Buffer> {
  const spoiled = Buffer.from(bytes);
  for (const [number, { position, size }] of (await picturePackets(path)).entries()) {
    if (!isChosen(number)) continue;
    for (let at = position + WRAPPER_BYTES; at < position + size * end; at += 1) {
      const isHeader = format === 'ts' && at % TS_PACKET_BYTES < TS_HEADER_BYTES;
      if (!isHeader) spoiled.writeUInt8((at * 151 + 89) & 0xff, at);
    }
  }
  return spoiled;
}

async function picturePackets(path: string): Promise<{ position: number; size: number }[]> {
  const { stdout } = await execa('ffprobe', [
    ...'-v error -select_streams V:0 -show_entries packet=pos,size -of csv=p=0'.split(' '),
    path,
  ]);
  return stdout.split('\n').map((line) => {
    const [size = 0, position = 0] = line.split(',').map(Number);
    return { position, size };
  });
}
