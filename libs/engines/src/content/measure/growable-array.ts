/** Numbers of 16 bits that are added one by one, and read as one array. */
export class GrowableArray {
  #values = new Uint16Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint16Array(2 * this.#length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  get(): Uint16Array {
    return this.#values.subarray(0, this.#length);
  }
}
