import { foldedName } from '@app/jobspec';
import { isResultName } from '@app/jobspec/folder';
import {
  attemptsOfEnded,
  byProxy,
  standingOf,
  type Attempt,
  type JobAttempt,
  type ProxyKey,
} from '@app/jobspec/ledger';
import { join } from 'node:path';
import { severalAtOnce } from '../process/several-at-once.ts';
import { readResult } from '../results/index.ts';
import type { RealNames } from './real-names.ts';
import { namesInState } from './state-names.ts';

/** What results say of proxies. */
export interface EndedClips {
  /** Bytes of each proxy as it was verified last, by its path, folded; `null` when its result doesn't tell. */
  verified: ReadonlyMap<string, number | null>;
  /** Proxies that failed, and that nothing has made since. */
  failed: ReadonlySet<ProxyKey>;
}

/** As much of an attempt as is asked here: there may be as many as a show has proxies. */
type Ended = Attempt & Pick<JobAttempt, 'source' | 'kind'> & { bytes: number | null };

/** What became of clips that were begun. What can't be read tells nothing. */
export async function endedClips(
  directories: readonly string[],
  names: RealNames,
): Promise<EndedClips> {
  const paths: string[] = [];
  for (const directory of directories)
    for (const name of await namesInState(directory))
      if (isResultName(name) && !name.startsWith('.')) paths.push(join(directory, name));
  const results = await severalAtOnce(paths, (path) => attemptsIn(path, names).catch(() => []));
  const attempts = results.flat().sort((a, b) => a.at - b.at);
  const verified = new Map<string, number | null>();
  for (const { output, bytes } of attempts)
    if (output !== null) verified.set(foldedName(output), bytes);
  const failed = [...byProxy(attempts)].filter(
    ([, tries]) => standingOf(tries).missing?.state === 'failed',
  );
  return { verified, failed: new Set(failed.map(([key]) => key)) };
}

async function attemptsIn(path: string, names: RealNames): Promise<Ended[]> {
  const { clips, ...head } = await readResult(path, (clip) => ({
    source_path: clip.source_path,
    resolved_output_path: clip.resolved_output_path,
    status: clip.status,
    completed_at: clip.completed_at,
    facts: clip.facts,
    bytes: clip.output_size_bytes,
  }));
  return Promise.all(
    attemptsOfEnded(head, clips, null).map(async (attempt) => {
      const { state, at, output, kind, index } = attempt;
      const { bytes = null } = clips[index] ?? {};
      return { state, at, output, kind, bytes, source: await names.of(attempt.source) };
    }),
  );
}
