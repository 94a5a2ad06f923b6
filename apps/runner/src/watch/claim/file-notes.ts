/** So many files of `pending/` are remembered at once. */
export const MOST_REMEMBERED = 10_000;

/**
 * Remembers something of files in `pending/`, by name, of a bounded number. Those that came first are kept: once they are
 * claimed or gone they make room, so that every file has its turn.
 */
export class FileNotes<Note> {
  readonly #notes = new Map<string, Note>();

  get(name: string): Note | undefined {
    return this.#notes.get(name);
  }

  /** What was remembered first. */
  get first(): Note | undefined {
    const [note] = this.#notes.values();
    return note;
  }

  get count(): number {
    return this.#notes.size;
  }

  get values(): Note[] {
    return [...this.#notes.values()];
  }

  /** @returns whether there was room for it. */
  set(name: string, note: Note): boolean {
    if (this.#notes.size >= MOST_REMEMBERED && !this.#notes.has(name)) return false;
    this.#notes.set(name, note);
    return true;
  }

  delete(name: string): void {
    this.#notes.delete(name);
  }

  /** @returns the names that were forgotten. */
  forget(isGone: (name: string) => boolean): string[] {
    const gone = [...this.#notes.keys()].filter(isGone);
    for (const name of gone) this.#notes.delete(name);
    return gone;
  }
}
