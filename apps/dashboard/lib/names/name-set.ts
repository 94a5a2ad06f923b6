import { hashOf } from './words.ts';

const SMALLEST = 1024;

/**
 * Names by a number that stands for each: two million take 32 MB. Should two names ever share one, the second is found at
 * the next start only.
 */
export class NameSet {
  #slots = slots(SMALLEST);
  size = 0;

  has(name: string): boolean {
    return this.#slots[this.#slotOf(hashOf(name) + 1)] !== 0;
  }

  /** @returns whether it was not there yet */
  add(name: string): boolean {
    return this.#put(hashOf(name) + 1);
  }

  /** Gives its memory back now: whoever does little else collects it late. */
  free(): void {
    this.#slots.buffer.resize(0);
    this.#slots = slots(SMALLEST);
    this.size = 0;
  }

  #put(number: number): boolean {
    const slot = this.#slotOf(number);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = number;
    this.size += 1;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  #slotOf(number: number): number {
    const last = this.#slots.length - 1;
    let slot = number & last;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== number) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = slots(before.length * 2);
    this.size = 0;
    for (const number of before) if (number !== 0) this.#put(number);
    before.buffer.resize(0);
  }
}

/** Over memory that can be given back. */
function slots(length: number): Float64Array<ArrayBuffer> {
  const bytes = length * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(new ArrayBuffer(bytes, { maxByteLength: bytes }), 0, length);
}
