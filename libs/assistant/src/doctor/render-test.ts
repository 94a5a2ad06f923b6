import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { JobFailure, STOP_PREFERENCE } from '@app/jobspec';
import type { ClipOutcome, ClipTask } from '@app/engines';
import {
  ISSUES_URL,
  RUNNER_VERSION,
  errorMessage,
  mkdir,
  mkdtemp,
  rename,
  replaceFile,
  rm,
} from '@app/storage';
import type { FfmpegTools, ResolveTools } from './service.ts';
import { anonymous, caseLines, word, type CaseResult } from './case-report.ts';
import { renderCases, type CaseName, type RenderCase } from './render-cases.ts';
import { scrub } from './scrub.ts';
import { summaryLines } from './render-summary.ts';
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
export type RenderTestContext = RenderTestOrder & {
  ffmpeg: FfmpegTools;
  resolve: ResolveTools;
};

/**
 * Lets Resolve make every clip of the test in one session, and writes a report as it goes: one file that names nobody and
 * nothing, and begins with what is known so far of whether this Resolve can be relied on. The proxy of one's own clip stays
 * beside it.
 *
 * @returns the report's path, what came of each clip, and what that means in one sentence.
 * @throws the system's error when nothing can be written there.
 */
export async function runRenderTest(
  context: RenderTestContext,
): Promise<{ path: string; results: CaseResult[]; verdict: string }> {
  const { directory, clip: ownClip } = context;
  const now = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(directory, `watch-folder-runner-render-test-${now}.txt`);
  const work = await mkdtemp(join(directory, 'watch-folder-runner-test-'));
  const known = [work, directory, ownClip ?? '', dirname(ownClip ?? '')];
  const until = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const results: CaseResult[] = [];
  const impossible: CaseName[] = [];
  const body = await versions(context);
  const tell = async (...lines: string[]) => {
    body.push(...lines);
    const all = [...TOP, ...summaryLines(results, impossible), ...body];
    await replaceFile(path, `${all.map((line) => scrub(line, known)).join('\n')}\n`);
  };
  try {
    await context.resolve
      .identify(until, (event) => {
        if (event.event === 'info' || event.event === 'facts') body.push(word(event));
      })
      .catch((error: unknown) => body.push(`no facts: ${anonymous(failureOf(error))}`));
    for (const [name, clip] of renderCases(ownClip !== null)) {
      if (until.aborted) break;
      await tell('', `## ${name}: ${clip.title}`);
      const [violation] = context.resolve.violations(clip.request);
      if (violation !== undefined) {
        impossible.push(name);
        await tell(`not made: ${violation.message}`);
        continue;
      }
      const folder = join(work, clip.isPlain ? name : `.${name}`);
      const result = await renderCase(context, { name, clip, folder }, until);
      results.push(result);
      await tell(...caseLines(result));
      if (result.ownPath !== null && result.outcome.failure === null) {
        await rename(join(folder, 'proxy.mov'), path.replace(/txt$/, 'mov'));
        await tell(LOOK_AT_IT);
      }
      // The others would only wait for the same.
      if (result.outcome.failure?.type === 'EngineUnavailableError') break;
    }
  } finally {
    await tell();
    await rm(work, { recursive: true, force: true });
  }
  return { path, results, verdict: summaryLines(results, impossible)[0] };
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
      // As of a format that only Resolve reads.
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
    outcome = await resolve.make(task, signal, clip.mode);
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

const TOP: readonly string[] = [
  '# Render test of watch-folder-runner: what this DaVinci Resolve does',
  `It names no project, user, host or path: send it as it is, to ${ISSUES_URL}, where everybody can read it.`,
  '"Not tried": you have named no clip, or the test was cut off, in the clip that stands last in this file.',
  `Say whether you have done this, since no script can see it: ${STOP_PREFERENCE}`,
  '',
];
const LOOK_AT_IT =
  'Its proxy stays beside this file: look at it, and say whether it is right. A flat picture is (log); a colour cast, a crop, a squeeze or a red card is not.';

async function versions({ ffmpeg, resolve }: RenderTestContext): Promise<string[]> {
  const program = await resolve.running();
  const how = program?.hasWindow === true ? 'has its window' : 'has no window (-nogui)';
  return [
    '',
    '## For the makers: versions, formats, codecs, storage and all settings of a project',
    `runner ${RUNNER_VERSION}, ${process.platform} ${release()} ${process.arch}, Node ${process.version}, ${await ffmpeg.ffmpegVersion()}`,
    program
      ? `Resolve ${how}, and runs for ${program.ageSeconds} s`
      : 'Say whether Resolve has its window: this system does not tell.',
  ];
}
