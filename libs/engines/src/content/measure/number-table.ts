/** Numbers of many pictures, a column for each kind: four bytes a number, and nothing else in memory. */
export class NumberTable<Name extends string> {
  #columns: Record<Name, Float32Array>;
  #room = 1024;
  length = 0;

  constructor(private readonly names: readonly Name[]) {
    this.#columns = this.#make(() => new Float32Array(this.#room));
  }

  add(row: Readonly<Record<Name, number>>): void {
    if (this.length === this.#room) this.#grow();
    for (const name of this.names) this.#columns[name][this.length] = row[name];
    this.length++;
  }

  get(name: Name): Float32Array {
    return this.#columns[name].subarray(0, this.length);
  }

  /** The value that half of a column lies below; 0 of an empty one. */
  median(name: Name): number {
    return this.get(name).toSorted()[Math.floor(this.length / 2)] ?? 0;
  }

  #grow() {
    this.#room *= 2;
    const old = this.#columns;
    this.#columns = this.#make((name) => {
      const column = new Float32Array(this.#room);
      column.set(old[name]);
      return column;
    });
  }

  #make(column: (name: Name) => Float32Array): Record<Name, Float32Array> {
    return Object.fromEntries(this.names.map((name) => [name, column(name)])) as Record<
      Name,
      Float32Array
    >;
  }
}
