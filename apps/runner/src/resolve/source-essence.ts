import { extname } from 'node:path';
import { open } from '@app/storage';

/** Labels stand in the header, which is small beside the essence, and the first picture's key right after it. */
const HEADER_BYTES = 1024 * 1024;
/** How a label of SMPTE begins that names how essence is coded, and the key of a piece of essence; the byte after it is a version. */
const BEGINNINGS = ['060e2b34040101', '060e2b34010201'].map((hex) => Buffer.from(hex, 'hex'));
const CODING_BYTES = 16;

/**
 * The labels by which an MXF file says how its picture is coded, and the keys of its first pictures, as hexadecimal digits from
 * the ninth byte on (`0e06040102060601`), each once; none of any other file, or of one that can't be read.
 *
 * @param held leads to it, whatever becomes of its path.
 */
export async function readEssence(path: string, held: string): Promise<string[]> {
  if (extname(path).toLowerCase() !== '.mxf') return [];
  const file = await open(held).catch(() => null);
  if (file === null) return [];
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const header = buffer.subarray(0, bytesRead);
    const labels = new Set<string>();
    for (const beginning of BEGINNINGS)
      for (let at = header.indexOf(beginning); at >= 0; at = header.indexOf(beginning, at + 1))
        labels.add(header.toString('hex', at + 8, at + CODING_BYTES));
    return [...labels];
  } finally {
    await file.close();
  }
}
