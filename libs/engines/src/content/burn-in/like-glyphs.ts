import { cellOf, drawable, inkOf, type GlyphSize } from '../../burn-in/glyphs.ts';

/** Glyphs that are tried beside the one that is wanted: those that resemble it most. */
const RIVALS = 9;
const DIGITS = Array.from('0123456789');
/**
 * How much nearer a cell must be to another glyph: 1 where it shows that one, -1 where it shows the one that is wanted, between where a
 * codec has blurred what tells them apart. Measured: up to 0.1, an 8 for an O in ProRes Proxy.
 */
const NEARER = 0.4;
/** By what share of white the ink of a glyph must be brighter than what is around it. Measured: 0.5; where there is no text, none as a rule. */
const CONTRAST = 0.25;

/** A glyph, by the places of its ink in a sheet, from its cell's first pixel on. */
interface Shape {
  character: string;
  ink: Int32Array;
  /** Pixels in which it differs from the one that is wanted. */
  differs: number;
}

/** Tells whether a cell of a picture shows a glyph. */
export class LikeGlyphs {
  readonly #shapes = new Map<string, { wanted: Shape; rivals: readonly Shape[] }>();
  readonly #inks = new Map<string, Uint8Array>();

  /**
   * @param stride pixels of a line of the sheet.
   * @param white of the ink, of 255.
   */
  constructor(
    private readonly size: GlyphSize,
    private readonly stride: number,
    private readonly white: number,
  ) {}

  /**
   * Whether a cell shows a character: nothing that resembles it is clearly nearer.
   *
   * @param at the cell's first pixel.
   * @param isDigit whether nothing but a digit can stand there.
   */
  shows(sheet: Uint8Array, at: number, character: string, isDigit: boolean): boolean {
    const { wanted, rivals } = this.#shapesOf(character, isDigit);
    if (this.#contrast(sheet, at, wanted) < CONTRAST * this.white) return false;
    const distance = this.#distance(sheet, at, wanted);
    return rivals.every(
      (rival) => distance - this.#distance(sheet, at, rival) <= NEARER * rival.differs * this.white,
    );
  }

  /** The character that a cell is nearest to. */
  nearest(sheet: Uint8Array, at: number): string {
    let [best, least] = ['', Number.POSITIVE_INFINITY];
    for (const character of drawable()) {
      const own = this.#inkOf(character);
      const distance = this.#distance(sheet, at, this.#shape(character, own));
      if (distance < least) [best, least] = [character, distance];
    }
    return best;
  }

  /** By how much ink is brighter than paper. Of a glyph without ink, by how much paper is darker than white. */
  #contrast(sheet: Uint8Array, at: number, { ink }: Shape): number {
    const { width, height } = cellOf(this.size);
    let [all, bright] = [0, 0];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) all += sheet[at + y * this.stride + x] as number;
    for (const place of ink) bright += sheet[at + place] as number;
    const paper = (all - bright) / (width * height - ink.length);
    return (ink.length === 0 ? this.white : bright / ink.length) - paper;
  }

  /** How far a cell is from a glyph, less its own brightness: that is the same for all glyphs. */
  #distance(sheet: Uint8Array, at: number, { ink }: Shape): number {
    let bright = 0;
    for (const place of ink) bright += sheet[at + place] as number;
    return ink.length * this.white - 2 * bright;
  }

  #shapesOf(character: string, isDigit: boolean) {
    const key = `${character}${isDigit ? '#' : ''}`;
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const own = this.#inkOf(character);
    const others = (isDigit ? DIGITS : drawable())
      .map((other) => this.#shape(other, own))
      // Some characters look the same, as Latin and Cyrillic A.
      .filter(({ differs }) => differs > 0)
      .sort((one, other) => one.differs - other.differs);
    const shapes = { wanted: this.#shape(character, own), rivals: others.slice(0, RIVALS) };
    this.#shapes.set(key, shapes);
    return shapes;
  }

  #inkOf(character: string): Uint8Array {
    const known = this.#inks.get(character);
    if (known !== undefined) return known;
    const ink = inkOf(character, this.size);
    this.#inks.set(character, ink);
    return ink;
  }

  #shape(character: string, wanted: Uint8Array): Shape {
    const { width } = cellOf(this.size);
    const places: number[] = [];
    let differs = 0;
    for (const [at, ink] of this.#inkOf(character).entries()) {
      if (ink !== 0) places.push(Math.floor(at / width) * this.stride + (at % width));
      if (ink !== wanted[at]) differs++;
    }
    return { character, ink: Int32Array.from(places), differs };
  }
}
