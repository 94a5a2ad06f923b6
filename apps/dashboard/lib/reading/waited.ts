import { instant } from './narrow.ts';
import type { ResultHead } from './narrow-result.ts';
import { statsNow } from './read-listed-file.ts';

/** Charts look no further back, and of a million jobs a look at one more file each takes its time. */
const LATELY_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * How long a job waited before it was begun. Nothing says when its file came, but a rename, which is all that the runner does to
 * it, leaves its times as they are: that of its content, or the later one at which this copy was made, where storage knows it.
 * @param path of the job's file
 * @returns seconds; `null` when nobody can tell, or it was long ago
 */
export async function waitedSeconds(
  path: string,
  { started_at, _recovery }: Pick<ResultHead, 'started_at' | '_recovery'>,
): Promise<number | null> {
  const startedAt = instant(started_at);
  // The result of a job that was found again holds the time of that.
  if (startedAt === null || _recovery !== undefined) return null;
  if (startedAt < Date.now() - LATELY_MS) return null;
  const { mtimeMs = Infinity, birthtimeMs = Infinity } = (await statsNow(path)) ?? {};
  const cameAt = Math.max(...[mtimeMs, birthtimeMs].filter((time) => time <= startedAt));
  return Number.isFinite(cameAt) ? (startedAt - cameAt) / 1000 : null;
}
