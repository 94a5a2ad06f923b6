import { report } from '../../logging/index.ts';

/** So many files are named one by one; of what comes on top only the number is said. */
const MOST_NAMED = 1000;

/** What lies in `pending/` and is no job. Each is named once in the log, as long as it lies there. */
export class RefusedNames {
  #named: ReadonlySet<string> = new Set();
  #isCounting = false;

  /** Begins to look through the folder. */
  begin() {
    const known = this.#named;
    const seen = new Set<string>();
    const fresh = new Map<string, string>();
    let others = 0;
    return {
      add: (name: string, reason: string): void => {
        if (known.has(name)) seen.add(name);
        else if (known.size + fresh.size < MOST_NAMED) fresh.set(name, reason);
        else others++;
      },
      end: (): void => {
        for (const [file, reason] of fresh) report('file_ignored', { file, reason });
        if (others > 0 && !this.#isCounting) report('files_ignored', { count: others });
        this.#isCounting = others > 0;
        this.#named = new Set([...seen, ...fresh.keys()]);
      },
    };
  }
}
