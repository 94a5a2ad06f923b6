import { RUNNER_VERSION } from '../../config/version.ts';
import { ffmpegVersion } from '../../probe/ffmpeg-tools.ts';
import type { CaseResult } from './case-report.ts';
import type { ResolveWindow } from './resolve-window.ts';

/** Which programs the test ran with. */
export async function headLines(
  results: readonly CaseResult[],
  window: ResolveWindow,
): Promise<string[]> {
  const job = results.map(({ outcome }) => outcome.resolve_job).find((one) => one?.product);
  const resolve = job ? `${job.product} ${job.version}, Python ${job.python}` : 'no Resolve';
  return [
    `runner ${RUNNER_VERSION}, ${process.platform} ${process.arch}, Node ${process.version}, ${await ffmpegVersion()}`,
    `${resolve}, ${window}, ${results.length} clips in one session`,
  ];
}
