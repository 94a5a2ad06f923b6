import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { digitOf } from '../../burn-in/counted.ts';
import type { Cell } from '../../burn-in/cells.ts';
import { cellOf } from '../../burn-in/glyphs.ts';
import { paddingOf } from '../../burn-in/layout.ts';
import { LikeGlyphs } from './like-glyphs.ts';
import type { BurnInPlan } from '../../proxy/plan/proxy-plan.ts';
import { textSheet } from './text-sheet.ts';

const WHITE = 255;

/** Where a text isn't what it should be. */
interface Fault {
  frame: number;
  wanted: string;
  read: string;
}

/** A cell of a text, by its place in a sheet. */
interface ReadCell {
  text: number;
  at: number;
  cell: Cell;
}

/**
 * Reads the texts of a finished proxy, picture by picture and cell by cell: each must show the glyph that belongs there, and none that
 * resembles it. It is told the boxes of each picture, see `textSheet`.
 */
export class BurnInProof {
  readonly #sheet: Uint8Array;
  readonly #cells: readonly ReadCell[];
  readonly #glyphs: LikeGlyphs;
  #filled = 0;
  #frames = 0;
  #wrong = 0;
  #first: Fault | null = null;

  /** @param numberOf the number of each picture, from 0 at the first timecode. */
  constructor(
    private readonly plan: BurnInPlan,
    private readonly numberOf: (frame: number) => number,
  ) {
    const { size, bytes } = textSheet(plan);
    this.#sheet = new Uint8Array(bytes);
    this.#glyphs = new LikeGlyphs(plan.size, size.width, plan.ink * WHITE);
    const { across, along } = paddingOf(plan.size);
    const { width } = cellOf(plan.size);
    let top = 0;
    this.#cells = plan.texts.flatMap(({ box, cells }, text) => {
      const row = (top + along) * size.width + across;
      top += box.height;
      return cells.map((cell, place) => ({ text, at: row + place * width, cell }));
    });
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#sheet.length - this.#filled);
      this.#sheet.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#sheet.length) this.#read();
    }
  }

  /** The check of the texts. A proxy of which none could be read fails it. */
  check(): VerificationCheck<ContentCheck> {
    const actual = { frames: this.#frames, frames_wrong: this.#wrong, ...this.#first };
    const passed = this.#frames > 0 && this.#wrong === 0;
    return { check: 'burn_in', expected: { frames_wrong: 0 }, actual, passed };
  }

  #read() {
    const number = this.numberOf(this.#frames);
    const wanted = this.#cells.map(({ cell }) => this.#characterOf(cell, number));
    if (!wanted.every((character, index) => this.#shows(index, character))) {
      this.#wrong++;
      this.#first ??= this.#faultOf(wanted);
    }
    this.#frames++;
    this.#filled = 0;
  }

  #characterOf(cell: Cell, number: number): string {
    return typeof cell === 'string' ? cell : String(digitOf(cell, this.plan, number));
  }

  #shows(index: number, character: string): boolean {
    const { at, cell } = this.#cells[index] as ReadCell;
    return this.#glyphs.shows(this.#sheet, at, character, typeof cell !== 'string');
  }

  /** Of the text that is wrong. */
  #faultOf(wanted: readonly string[]): Fault {
    const wrong = wanted.findIndex((character, index) => !this.#shows(index, character));
    const ofText = this.#cells.flatMap(({ text, at }, index) =>
      text === this.#cells[wrong]?.text ? { at, index, character: wanted[index] ?? '' } : [],
    );
    const read = ofText.map(({ at, index, character }) =>
      this.#shows(index, character) ? character : this.#glyphs.nearest(this.#sheet, at),
    );
    const text = ofText.map(({ character }) => character);
    return { frame: this.#frames, wanted: text.join(''), read: read.join('') };
  }
}
