import { foldedName } from '@app/jobspec';
import { isResultName } from '@app/jobspec/folder';
import { join } from 'node:path';
import { severalAtOnce } from '../process/several-at-once.ts';
import { readResult } from '../results/index.ts';
import { namesInState } from './state-names.ts';

/** What a result says of a proxy. */
export interface Outcome {
  source: string;
  completedAt: string;
  hasFailed: boolean;
  /** As it was verified; `null` when the result doesn't tell. */
  bytes: number | null;
}

/** More results than this are not read: then some proxies are believed by their names. */
const MOST_RESULTS = 10_000;

/** The latest outcome of each proxy, by its path, folded. What can't be read tells nothing. */
export async function outcomesIn(
  directories: readonly string[],
): Promise<ReadonlyMap<string, Outcome>> {
  const paths: string[] = [];
  for (const directory of directories)
    for (const name of await namesInState(directory))
      if (isResultName(name) && !name.startsWith('.')) paths.push(join(directory, name));
  const results = await severalAtOnce(paths.slice(0, MOST_RESULTS), (path) =>
    readOutcomes(path).catch(() => []),
  );
  const latest = new Map<string, Outcome>();
  for (const [output, outcome] of results.flat()) {
    const before = latest.get(output);
    if (before === undefined || before.completedAt <= outcome.completedAt)
      latest.set(output, outcome);
  }
  return latest;
}

async function readOutcomes(path: string): Promise<[output: string, outcome: Outcome][]> {
  const { clips } = await readResult(path, (clip): [string, Outcome] => [
    foldedName(clip.resolved_output_path),
    {
      source: clip.source_path,
      completedAt: clip.completed_at,
      hasFailed: clip.status === 'FAILED',
      bytes: clip.output_size_bytes,
    },
  ]);
  return clips;
}
