import { setTimeout as sleep } from 'node:timers/promises';
import { pictureStamp } from './picture-file.ts';

const PATIENCE_MS = 3000;
const PATIENCE_FOR_EACH_MS = 5;
const LATE = Symbol('late');
/** Folders whose storage owes an answer: they are not asked another time. */
const silent = new Set<string>();

/** Stamps of a page's pictures. Storage that does not answer keeps no page waiting: it is shown without pictures. */
export class PatientStamps {
  readonly #timer = new AbortController();
  readonly #late: Promise<typeof LATE>;

  /** @param clips that the page shows: more may take longer. */
  constructor(clips: number) {
    const deadline = PATIENCE_MS + clips * PATIENCE_FOR_EACH_MS;
    this.#late = sleep(deadline, LATE, { signal: this.#timer.signal }).catch(() => LATE);
  }

  /** What tells this content of a picture from the next; `null` when there is nothing to show, or no answer in time. */
  async of(folder: string, path: string): Promise<string | null> {
    if (silent.has(folder)) return null;
    const answer = pictureStamp(folder, path);
    const stamp = await Promise.race([answer, this.#late]);
    if (stamp !== LATE) return stamp;
    silent.add(folder);
    void answer.finally(() => silent.delete(folder));
    return null;
  }

  /** To be called when the last picture was asked for. */
  end(): void {
    this.#timer.abort();
  }
}
