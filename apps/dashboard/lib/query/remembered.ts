const KEPT = 64;

/** Answers that hold while the index stays as it is: a page that stays open, and its next page, ask for the same again. */
export class Remembered<T> {
  #version = '';
  readonly #answers = new Map<string, T>();

  of(version: string, key: string, find: () => T): T {
    if (version !== this.#version) this.#answers.clear();
    this.#version = version;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = find();
    if (this.#answers.size >= KEPT) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }
}
