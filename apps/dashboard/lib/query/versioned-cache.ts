/** Answers that hold while the index stays as it is: a page that stays open, and its next page, ask for the same again. */
export class VersionedCache<T> {
  readonly #kept: number;
  #version = '';
  readonly #answers = new Map<string, T>();

  /** @param kept how many answers are kept: of large ones, few */
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
