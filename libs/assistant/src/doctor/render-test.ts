import { release } from 'node:os';
import { join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import type { ClipOutcome, ClipTask } from '@app/engines';
import {
  RUNNER_VERSION,
  errorMessage,
  mkdir,
  mkdtemp,
  rename,
  replaceFile,
  rm,
} from '@app/storage';
import type { FfmpegTools, ResolveTools } from './service.ts';
import { caseFacts, verdictOf, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName, type RenderCase } from './render-cases.ts';
import { likenessOf, makeTestClip } from './test-clip.ts';

/** Time limit of the test, in seconds. Running renders are then cancelled. */
const LIMIT_SECONDS = 600;

/** Wait after the first progress before cancelling, so that the cancel lands mid-render. */
const CANCEL_MS = 1000;

/** Order for a render test. */
export interface RenderTestOrder {
  /** Directory that Resolve renders to. It must be in Resolve's media storage. */
  directory: string;
  /** User's clip; `null` without one. */
  clip: string | null;
}

/** Order with the engines it runs on. */
export type RenderTestContext = RenderTestOrder & {
  ffmpeg: FfmpegTools;
  resolve: ResolveTools;
};

/**
 * Renders every case in one Resolve session, updating a report as it goes: a JSON report whose first field is the
 * verdict so far. It contains paths, including the user's clip: check it before sharing. The proxy of that clip is kept next to it.
 *
 * @returns the report's path, the results, and the verdict as one sentence
 * @throws system errors if the directory isn't writable
 */
export async function runRenderTest(
  context: RenderTestContext,
): Promise<{ path: string; results: CaseResult[]; verdict: string }> {
  const { directory, clip: ownClip } = context;
  const now = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(directory, `watch-folder-runner-render-test-${now}.json`);
  const work = await mkdtemp(join(directory, 'watch-folder-runner-test-'));
  const until = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const results: CaseResult[] = [];
  const cases = renderCases(ownClip !== null);
  const lacking = new Map(cases.map(([name, { title }]) => [name, `${title}: not tried`]));
  if (ownClip === null) lacking.set('own', 'no camera RAW of yours was named');
  const verdict = () => verdictOf(results, [...lacking.values()]);
  const machine = await versions(context, until);
  const writeReport = async (begun: CaseName | null) => {
    const report = { verdict: verdict(), ...machine, begun, clips: results.map(caseFacts) };
    await replaceFile(path, `${JSON.stringify(report, null, 2)}\n`);
  };
  try {
    for (const [name, clip] of cases) {
      if (until.aborted) break;
      await writeReport(name);
      if (context.resolve.violations(clip.request).length > 0) {
        lacking.set(name, `${clip.title}: not possible on this system`);
        continue;
      }
      const folder = join(work, clip.isPlain ? name : `.${name}`);
      const result = await renderCase(context, { name, clip, folder }, until);
      results.push(result);
      lacking.delete(name);
      if (result.ownPath !== null && result.outcome.failure === null)
        await rename(join(folder, 'proxy.mov'), path.replace(/json$/, 'mov'));
      // Resolve is gone: the remaining cases would only time out.
      if (result.outcome.failure?.type === 'EngineUnavailableError') break;
    }
  } finally {
    await writeReport(null);
    await rm(work, { recursive: true, force: true });
  }
  return { path, results, verdict: verdict() };
}

async function renderCase(
  { ffmpeg, resolve, clip: ownClip }: RenderTestContext,
  { name, clip, folder }: { name: CaseName; clip: RenderCase; folder: string },
  until: AbortSignal,
): Promise<CaseResult> {
  const stem = clip.isPlain ? 'proxy' : '.proxy.partial';
  const stagingPath = join(folder, `${stem}.${clip.request.container}`);
  const ownPath = name === 'own' ? ownClip : null;
  const sourcePath = ownPath ?? join(folder, 'source.mov');
  const cancel = new AbortController();
  const signal = AbortSignal.any([until, cancel.signal]);
  const begun = performance.now();
  let outcome: ClipOutcome;
  let likeness: number | null = null;
  await mkdir(folder);
  try {
    if (ownPath === null) await makeTestClip(ffmpeg, sourcePath, clip);
    const task: ClipTask = {
      request: clip.request,
      // Treated as a format that only Resolve reads.
      source: null,
      sourcePath,
      sourceFile: sourcePath,
      namedSource: sourcePath,
      outputPath: stagingPath,
      stagingPath,
      stagedFile: stagingPath,
      adopt: async () => undefined,
      stagingFolder: join(folder, stem),
      scratchFolders: [],
      namedFolder: folder,
      onProgress: () => {
        if (clip.isCancelled) setTimeout(() => cancel.abort(), CANCEL_MS).unref();
      },
    };
    outcome = await resolve.make(task, signal);
    if (outcome.failure === null && ownPath === null)
      likeness = await likenessOf(ffmpeg, sourcePath, stagingPath);
  } catch (error) {
    const nothing = { warnings: [], verification: [], attempts: [] };
    outcome = { ...nothing, exit_code: null, stderr: null, failure: failureOf(error) };
  }
  return { name, clip, ownPath, outcome, likeness, seconds: (performance.now() - begun) / 1000 };
}

function failureOf(error: unknown): JobFailure {
  if (error instanceof JobFailure) return error;
  return new JobFailure('engine_stopped_short', { error: errorMessage(error) });
}

async function versions(
  { ffmpeg, resolve }: RenderTestContext,
  until: AbortSignal,
): Promise<object> {
  return {
    runner: `${RUNNER_VERSION}, ${process.platform} ${release()} ${process.arch}, Node ${process.version}`,
    ffmpeg: await ffmpeg.ffmpegVersion(),
    resolve: await resolve.identify(until).catch((error: unknown) => failureOf(error).message),
  };
}
