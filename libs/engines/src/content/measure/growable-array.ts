/** Numbers that are added one by one, and read as one array. */
export class GrowableArray<Numbers extends Uint16Array | Uint32Array | Float32Array> {
  length = 0;

  /** @param make an array of zeros. */
  constructor(
    private readonly make: (length: number) => Numbers,
    private values: Numbers = make(1024),
  ) {}

  add(value: number): void {
    if (this.length === this.values.length) {
      const larger = this.make(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  get(): Numbers {
    return this.values.subarray(0, this.length) as Numbers;
  }
}
