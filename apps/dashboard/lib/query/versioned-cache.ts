/** Cache of query results, cleared when the index changes. */
export class VersionedCache<T> {
  readonly #kept: number;
  #version = '';
  readonly #answers = new Map<string, T>();

  /** @param kept limit on cached results */
  constructor(kept = 64) {
    this.#kept = kept;
  }

  of(version: string, key: string, find: () => T): T {
    if (version !== this.#version) this.#answers.clear();
    this.#version = version;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = find();
    if (this.#answers.size >= this.#kept) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }
}
