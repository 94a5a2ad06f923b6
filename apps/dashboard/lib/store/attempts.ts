import { JOB_OF_CLIP } from './schema.ts';

/** One attempt at a proxy. */
export interface Attempt {
  id: number;
  /** Its place in `CLIP_STATUSES`. */
  status: number;
  /** When it ended, milliseconds. */
  at: number;
  /** Tells the file that it made or began; `null` when it came to none. */
  output: string | null;
}

/** What tells of which proxy an attempt is one. */
export interface Proxy {
  /** The folder of the source. */
  dir: number;
  name: string;
  kind: string | null;
}

/** SQL for both, of the table `clip`. */
export const ATTEMPT_COLUMNS = `clip.id, clip.dir, clip.name, clip.status, clip.at,
  clip.output_dir || '/' || clip.output_name AS output, (SELECT kind FROM job WHERE id = ${JOB_OF_CLIP}) AS kind`;

type Some<T> = [T, ...T[]];

/** By source and kind: a proxy of another kind is another proxy, and no attempt at this one. */
export function byProxy<T extends Proxy>(clips: readonly T[]): Some<T>[] {
  const proxies = new Map<string, Some<T>>();
  for (const clip of clips) {
    const key = `${clip.dir}/${clip.kind}/${clip.name}`;
    const known = proxies.get(key);
    if (known === undefined) proxies.set(key, [clip]);
    else known.push(clip);
  }
  return [...proxies.values()];
}

/** For sorting: the one that ended first comes first. */
export function byTime(a: Attempt, b: Attempt): number {
  return a.at - b.at || a.id - b.id;
}
