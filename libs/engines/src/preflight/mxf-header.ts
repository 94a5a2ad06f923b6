import { viewAt, type RangeReader } from './range-reader.ts';

/** The key of a set in a header (SMPTE ST 377-1), but for its kind; the eighth byte is a version and not compared. */
const SET_KEY = [0x06, 0x0e, 0x2b, 0x34, 0x02, 0x53, 0x01, -1, 0x0d, 0x01, 0x01, 0x01, 0x01, 0x01];
const KEY_BYTES = 16;
/** A length takes a byte, or up to eight more. */
const LENGTH_BYTES = 9;
/** Where a partition says how long its header is: behind its own lengths. */
const HEADER_BYTES_FIELD = 32;
/** Parts of a header; those of cameras have some hundred. */
const MOST_PARTS = 5000;
/** Bytes of the sets that are looked at, at most. */
const LONGEST_SET = 1024;

/** A set of fields in the header of an MXF file. */
export interface MxfSet {
  kind: number;
  /** By their tags of two bytes. */
  fields: ReadonlyMap<number, DataView>;
}

interface Part {
  /** `null` where it is no set. */
  kind: number | null;
  value: number;
  length: number;
}

/** The sets of some kinds in the header of an MXF file; none where it can't be read. */
export async function mxfSets(read: RangeReader, kinds: readonly number[]): Promise<MxfSet[]> {
  const pack = await partAt(read, 0);
  const fields = pack && (await viewAt(read, pack.value, HEADER_BYTES_FIELD + 8));
  if (!pack || !fields) return [];
  const first = pack.value + pack.length;
  const end = first + Number(fields.getBigUint64(HEADER_BYTES_FIELD));
  const sets: MxfSet[] = [];
  let at = first;
  for (let parts = 0; at < end && parts < MOST_PARTS; parts++) {
    const part = await partAt(read, at);
    if (part === null) break;
    const { kind } = part;
    if (kind !== null && kinds.includes(kind))
      sets.push({ kind, fields: await fieldsOf(read, part) });
    at = part.value + part.length;
  }
  return sets;
}

async function partAt(read: RangeReader, offset: number): Promise<Part | null> {
  const view = await viewAt(read, offset, KEY_BYTES + LENGTH_BYTES);
  if (view === null || view.getUint32(0) !== 0x060e2b34) return null;
  const isSet = SET_KEY.every((byte, at) => byte < 0 || view.getUint8(at) === byte);
  const first = view.getUint8(KEY_BYTES);
  const more = first > 0x80 ? first - 0x80 : 0;
  if (more >= LENGTH_BYTES) return null;
  let length = more === 0 ? first : 0;
  for (let at = 1; at <= more; at++) length = length * 256 + view.getUint8(KEY_BYTES + at);
  const kind = isSet ? view.getUint8(SET_KEY.length) : null;
  return { kind, value: offset + KEY_BYTES + 1 + more, length };
}

async function fieldsOf(
  read: RangeReader,
  { value, length }: Part,
): Promise<Map<number, DataView>> {
  const fields = new Map<number, DataView>();
  const view = length > LONGEST_SET ? null : await viewAt(read, value, length);
  if (view === null) return fields;
  for (let at = 0; at + 4 <= length; at += 4 + view.getUint16(at + 2)) {
    const [tag, size] = [view.getUint16(at), view.getUint16(at + 2)];
    if (at + 4 + size > length) break;
    fields.set(tag, new DataView(view.buffer, view.byteOffset + at + 4, size));
  }
  return fields;
}
