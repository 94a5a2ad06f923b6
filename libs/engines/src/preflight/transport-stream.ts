import type { RangeReader } from './range-reader.ts';

const SYNC = 0x47;
/** Plain packets, with a time stamp before each (M2TS), with error correction after each. */
const LAYOUTS = [
  { packet: 188, sync: 0 },
  { packet: 192, sync: 4 },
  { packet: 204, sync: 0 },
];
const PACKETS_TO_TELL = 4;
/** So far packets are looked at: FFmpeg misses those that are lost later, by the numbers that they have. */
const BYTES_OF_START = 65_536;

/**
 * A transport stream is a row of packets of one size and declares nothing else: a start that was lost shows as a place without a
 * packet, and a cut as a last packet that isn't whole. Of a recording that starts inside a packet, the end can't be judged.
 *
 * @returns What is wrong, or `null`.
 */
export async function transportStreamDamage(
  read: RangeReader,
  size: number,
): Promise<string | null> {
  const bytes = await read(0, BYTES_OF_START);
  const places = LAYOUTS.flatMap(({ packet, sync }) =>
    Array.from({ length: packet }, (_, first) => ({ packet, first, isWhole: first === sync })),
  );
  const found = places.find(({ packet, first }) => hasPackets(bytes, packet, first));
  if (found === undefined) return lostAt(0);
  const { packet, first, isWhole } = found;
  for (let at = first; at < bytes.length; at += packet) if (bytes[at] !== SYNC) return lostAt(at);
  const rest = isWhole ? size % packet : 0;
  return rest === 0 ? null : `its last packet has ${rest} of ${packet} bytes`;
}

function hasPackets(bytes: Uint8Array, packet: number, first: number): boolean {
  const starts = Array.from({ length: PACKETS_TO_TELL }, (_, n) => first + n * packet);
  return starts.every((start) => bytes[start] === SYNC);
}

function lostAt(byte: number): string {
  return `no packet begins at byte ${byte}, where one is due`;
}
