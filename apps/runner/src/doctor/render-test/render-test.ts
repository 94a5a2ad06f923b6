import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import type { ClipOutcome, ClipTask } from '@app/engines';
import { ISSUES_URL, RUNNER_VERSION } from '../../config/version.ts';
import { errorMessage, mkdir, mkdtemp, open, rename, rm } from '../../files/index.ts';
import { ffmpegVersion } from '../../probe/index.ts';
import type { ResolveEngine } from '../../resolve/resolve.engine.ts';
import type { ResolveInstance } from '../../resolve/resolve-instance.ts';
import { runningResolve } from '../../resolve/running-resolve.ts';
import { assumptionLines } from './assumptions.ts';
import { anonymous, caseLines, word, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName, type RenderCase } from './render-cases.ts';
import { scrub } from './scrub.ts';
import { likenessOf, makeTestClip } from './test-clip.ts';

/** After this nothing more is begun, and what goes on is cancelled, in seconds. */
const LIMIT_SECONDS = 600;

/** After the beginning of a render that is to be cancelled, in the middle of which it is then. */
const CANCEL_MS = 1000;

/** A render test that somebody wishes for. */
export interface RenderTestOrder {
  /** Where Resolve renders, which it must count among its storage. */
  directory: string;
  /** A clip of the user's; `null` without one. */
  clip: string | null;
}

/** What it works with. */
export interface RenderTestContext extends RenderTestOrder {
  instance: ResolveInstance;
  engine: ResolveEngine;
}

/**
 * Lets Resolve make every clip of the test in one session, and writes a report as it goes: one file that names nobody and
 * nothing, and tells at its end which assumptions hold. The proxy of one's own clip stays beside it.
 *
 * @returns the report's path, and what came of each clip.
 * @throws the system's error when nothing can be written there.
 */
export async function runRenderTest(
  context: RenderTestContext,
): Promise<{ path: string; results: CaseResult[] }> {
  const { directory, clip: ownClip } = context;
  const now = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(directory, `watch-folder-runner-render-test-${now}.txt`);
  const dotted = await mkdtemp(join(directory, '.watch-folder-runner-test-'));
  const plain = await mkdtemp(join(directory, 'watch-folder-runner-test-'));
  const report = await open(path, 'wx');
  const known = [dotted, plain, directory, ownClip ?? '', dirname(ownClip ?? '')];
  const tell = async (...lines: string[]) =>
    report.appendFile(`${lines.map((line) => scrub(line, known)).join('\n')}\n`);
  const until = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const results: CaseResult[] = [];
  try {
    await tell(...(await head()));
    await context.instance
      .identify(until, (event) => {
        if (event.event === 'info' || event.event === 'facts') void tell(word(event));
      })
      .catch((error: unknown) =>
        tell(`no facts: ${error instanceof JobFailure ? anonymous(error) : errorMessage(error)}`),
      );
    for (const [name, clip] of renderCases(ownClip !== null)) {
      if (until.aborted) break;
      await tell('', `## ${name}: ${clip.title}`);
      const folder = join(clip.isPlain ? plain : dotted, name);
      const result = await renderCase(context, { name, clip, folder }, until);
      if (typeof result === 'string') {
        await tell(`not made: ${result}`);
        continue;
      }
      results.push(result);
      await tell(...caseLines(result));
      if (name === 'own' && result.outcome.failure === null) {
        await rename(join(folder, 'proxy.mov'), path.replace(/txt$/, 'mov'));
        await tell(
          'its proxy stays beside this file: look whether its picture is right, and say so',
        );
      }
      // The others would only wait for the same.
      if (result.outcome.failure?.type === 'EngineUnavailableError') break;
    }
  } finally {
    await tell(...assumptionLines(results));
    await report.close();
    await Promise.all([dotted, plain].map((one) => rm(one, { recursive: true, force: true })));
  }
  return { path, results };
}

/** Renders one clip. @returns what the engine can't make here, as a sentence. */
async function renderCase(
  { engine, clip: ownClip }: RenderTestContext,
  { name, clip, folder }: { name: CaseName; clip: RenderCase; folder: string },
  until: AbortSignal,
): Promise<CaseResult | string> {
  const { request } = clip;
  const violations = engine.violations(request);
  if (violations.length > 0) return violations.map(({ message }) => message).join(' ');
  const stem = clip.isPlain ? 'proxy' : '.proxy.partial';
  const stagingPath = join(folder, `${stem}.${clip.request.container}`);
  const sourcePath = (name === 'own' && ownClip) || join(folder, 'source.mov');
  const cancel = new AbortController();
  const signal = AbortSignal.any([until, cancel.signal]);
  const begun = performance.now();
  let outcome: ClipOutcome;
  let likeness: number | null = null;
  await mkdir(folder);
  try {
    if (sourcePath !== ownClip) await makeTestClip(sourcePath, clip);
    const task: ClipTask = {
      request,
      // As of a format that only Resolve reads.
      source: null,
      sourcePath,
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
    outcome = await engine.make(task, signal, clip.mode);
    if (outcome.failure === null && sourcePath !== ownClip)
      likeness = await likenessOf(sourcePath, stagingPath);
  } catch (error) {
    outcome = notMade(error);
  }
  const seconds = (performance.now() - begun) / 1000;
  return { name, clip, outcome, likeness, seconds };
}

function notMade(error: unknown): ClipOutcome {
  const facts = { error: errorMessage(error) };
  const failure =
    error instanceof JobFailure ? error : new JobFailure('engine_stopped_short', facts);
  return { exit_code: null, stderr: null, warnings: [], verification: [], attempts: [], failure };
}

async function head(): Promise<string[]> {
  const program = await runningResolve();
  const window = program?.hasWindow === true ? 'with its window' : 'with -nogui';
  const how =
    program === null ? 'but no list of processes has it' : `${window}, for ${program.ageSeconds} s`;
  return [
    '# Render test of watch-folder-runner: what this DaVinci Resolve does',
    `It names no project, user, host or path: send it as it is, to ${ISSUES_URL}. What holds stands at its end.`,
    'If there is no end, the test was cut off in the clip that is named last.',
    '',
    '## Versions, formats, codecs, storage and all settings of a project',
    `runner ${RUNNER_VERSION}, ${process.platform} ${release()} ${process.arch}, Node ${process.version}, ${await ffmpegVersion()}`,
    `Resolve runs ${how}`,
  ];
}
