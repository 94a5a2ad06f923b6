import { RUNNER_VERSION } from '../../config/version.ts';
import { ffmpegVersion } from '../../probe/index.ts';
import { caseLines, type CaseResult } from './case-report.ts';
import { runningResolve } from '../../resolve/running-resolve.ts';
import { scrub } from './scrub.ts';

/**
 * What came of every clip, and with which programs, for anybody: it names nobody and nothing.
 *
 * @param folders paths that may stand in sentences, the longest first.
 */
export async function reportOf(
  results: readonly CaseResult[],
  folders: readonly string[],
): Promise<string> {
  const lines = results.flatMap((result, index) => caseLines(index + 1, result));
  const program = await runningResolve();
  const window =
    program === null ? 'window unknown' : program.hasWindow ? 'with its window' : 'with -nogui';
  const head = ['Render test, to be sent as it is:', ...(await headLines(results, window))];
  return [...head, ...lines].map((line) => scrub(line, folders)).join('\n    ');
}

async function headLines(results: readonly CaseResult[], window: string): Promise<string[]> {
  const job = results.map(({ outcome }) => outcome.resolve_job).find((one) => one?.product);
  const resolve = job ? `${job.product} ${job.version}, Python ${job.python}` : 'no Resolve';
  return [
    `runner ${RUNNER_VERSION}, ${process.platform} ${process.arch}, Node ${process.version}, ${await ffmpegVersion()}`,
    `${resolve}, ${window}, ${results.length} clips in one session`,
  ];
}
