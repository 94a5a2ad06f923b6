import { viewAt, type RangeReader } from './range-reader.ts';

const SYNC = 0x47;
/** Plain packets, with a time stamp before each (M2TS), with error correction after each. */
const LAYOUTS = [
  { packet: 188, sync: 0 },
  { packet: 192, sync: 4 },
  { packet: 204, sync: 0 },
];
const PACKETS_TO_TELL = 4;

/**
 * A transport stream is a row of packets of one size and declares nothing else: a cut shows as a last packet that isn't
 * whole. A recording that starts inside a packet can't be judged.
 *
 * @returns What is wrong, or `null`.
 */
export async function transportStreamDamage(
  read: RangeReader,
  size: number,
): Promise<string | null> {
  for (const { packet, sync } of LAYOUTS) {
    const view = await viewAt(read, 0, packet * PACKETS_TO_TELL);
    if (!view) continue;
    const starts = Array.from({ length: PACKETS_TO_TELL }, (_, n) => n * packet + sync);
    if (!starts.every((start) => view.getUint8(start) === SYNC)) continue;
    const rest = size % packet;
    return rest === 0 ? null : `its last packet has ${rest} of ${packet} bytes`;
  }
  return null;
}
