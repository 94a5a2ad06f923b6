import { LineCutter } from '../media/index.ts';
import { CubeFault, fault } from './cube-fault.ts';
import { CubeHeader, numbersIn } from './cube-header.ts';
import type { Domain, Lut } from './lut.ts';

/** Bytes of a file that is read: a cube of 129 with nine digits a number takes 77 MB. */
const MAX_CUBE_BYTES = 128 * 1024 * 1024;
/** Characters of a line, of which a comment may have more. Adobe allows 250. */
const LONGEST_LINE = 250;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const UTF_16_MARK = /^(?:\u00ff\u00fe|\u00fe\u00ff)/;
const [NEWLINE, RETURN] = [0x0a, 0x0d];
const ROW = /^[-+.\d]/;
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** @param bytes of a file. @throws CubeFault when they are more than are read. */
export function checkCubeSize(bytes: number): void {
  if (bytes > MAX_CUBE_BYTES)
    throw new CubeFault(`it is larger than ${MAX_CUBE_BYTES / 1024 / 1024} MiB`);
}

/**
 * Reads a `.cube` file, piece by piece: Adobe's form (Cube LUT Specification 1.0) with a 1D or a 3D table, and Resolve's,
 * in which curves may come before a cube and ranges have other names. What isn't understood is refused, never passed over:
 * programs disagree about it, and the look would be another one.
 */
export class CubeReader {
  readonly #header = new CubeHeader();
  readonly #lines = new LineCutter((line) => this.#take(line), LONGEST_LINE + 1);
  #line = 0;
  #endsInReturn = false;
  #bytes = 0;
  #domains: { curves: Domain; cube: Domain } | null = null;
  #values = new Float32Array(0);
  #filled = 0;

  /** @throws CubeFault at the first line that isn't understood. */
  take(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    checkCubeSize(this.#bytes);
    this.#lines.take(this.#withNewlines(chunk));
  }

  /** The whole table. @throws CubeFault when entries are missing. */
  finish(): Lut {
    const last = this.#lines.begun();
    if (last !== '') this.#take(last);
    if (this.#domains === null) throw new CubeFault('it holds no table');
    const { curves, cube } = this.#header.sizes;
    if (this.#filled < this.#values.length)
      throw new CubeFault(
        `it ends after ${this.#filled / 3} of ${this.#values.length / 3} entries`,
      );
    const [first, second] = [this.#values.slice(0, 3 * curves), this.#values.slice(3 * curves)];
    return {
      curves: curves === 0 ? null : { size: curves, domain: this.#domains.curves, values: first },
      cube: cube === 0 ? null : { size: cube, domain: this.#domains.cube, values: second },
    };
  }

  /** Ends of lines of Windows (CR, LF) and of old programs (CR) as LF. */
  #withNewlines(chunk: Uint8Array): Uint8Array {
    if (!this.#endsInReturn && !chunk.includes(RETURN)) return chunk;
    const kept = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (byte !== NEWLINE || !this.#endsInReturn)
        kept[length++] = byte === RETURN ? NEWLINE : byte;
      this.#endsInReturn = byte === RETURN;
    }
    return kept.subarray(0, length);
  }

  #take(raw: string): void {
    this.#line += 1;
    if (this.#line === 1 && UTF_16_MARK.test(raw))
      throw fault(1, 'the text is UTF-16; save the file as UTF-8');
    const line = (this.#line === 1 ? withoutMark(raw) : raw).trim();
    if (line.startsWith('#')) return;
    if (raw.length > LONGEST_LINE) throw fault(this.#line, 'the line is too long');
    if (CONTROL.test(line)) throw fault(this.#line, 'it holds characters that are no text');
    if (line === '') return;
    if (ROW.test(line)) this.#takeRow(line);
    else if (this.#domains === null) this.#header.take(line, this.#line);
    else throw fault(this.#line, 'a keyword can’t come after the table has begun');
  }

  #takeRow(line: string): void {
    this.#domains ??= this.#begin();
    if (this.#filled >= this.#values.length)
      throw fault(this.#line, `the table has more than ${this.#values.length / 3} entries`);
    this.#values.set(numbersIn(line.split(/[ \t]+/), 3, this.#line), this.#filled);
    this.#filled += 3;
  }

  #begin() {
    const domains = this.#header.domains(this.#line);
    const { curves, cube } = this.#header.sizes;
    this.#values = new Float32Array(3 * (curves + cube ** 3));
    return domains;
  }
}

function withoutMark(line: string): string {
  return line.startsWith(BYTE_ORDER_MARK) ? line.slice(BYTE_ORDER_MARK.length) : line;
}
