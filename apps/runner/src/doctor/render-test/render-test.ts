import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import type { ClipOutcome, ClipTask, Prober, ProxyRequest } from '@app/engines';
import { RUNNER_VERSION } from '../../config/version.ts';
import { errorMessage, mkdir, mkdtemp, open, rm } from '../../files/index.ts';
import { ffmpegVersion } from '../../probe/index.ts';
import type { ResolveEngine } from '../../resolve/resolve.engine.ts';
import type { ResolveInstance } from '../../resolve/resolve-instance.ts';
import { runningResolve } from '../../resolve/running-resolve.ts';
import { assumptionLines } from './assumptions.ts';
import { anonymous, caseLines, faultOf, word, type CaseResult } from './case-report.ts';
import { likenessOf } from './frame-likeness.ts';
import { CASES, type CaseName, type RenderCase } from './render-cases.ts';
import { scrub } from './scrub.ts';
import { makeTestClip } from './test-clip.ts';

/** After this nothing more is begun, and what goes on is cancelled, in seconds. */
const LIMIT_SECONDS = 600;

/** What a render test works with. */
export interface RenderTestContext {
  instance: ResolveInstance;
  engine: ResolveEngine;
  prober: Prober;
  /** Where Resolve renders, which it must count among its storage. */
  parent: string;
  /** A clip of the user's; `null` without one. */
  ownClip: string | null;
}

/** Clip by clip: what it was, and why it isn't as it was asked for. */
export type CaseFault = Pick<RenderCase, 'title'> & { fault: string | null };

/**
 * Lets Resolve make every clip of the test in one session, and writes a report as it goes: one file that names nobody and
 * nothing, and tells at its end which assumptions hold.
 *
 * @returns the report's path.
 * @throws the system's error when nothing can be written there.
 */
export async function runRenderTest(
  context: RenderTestContext,
  onCase: (found: CaseFault) => void,
): Promise<string> {
  const { parent, ownClip } = context;
  const now = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const path = join(parent, `watch-folder-runner-render-test-${now}.txt`);
  const dotted = await mkdtemp(join(parent, '.watch-folder-runner-test-'));
  const plain = await mkdtemp(join(parent, 'watch-folder-runner-test-'));
  const report = await open(path, 'wx');
  const known = [dotted, plain, parent, ...(ownClip === null ? [] : [ownClip, dirname(ownClip)])];
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
    const own = ownClip === null ? [] : [['own', { ...CASES.plain, title: "the user's clip" }]];
    const [first, ...others] = Object.entries(CASES);
    for (const [name, clip] of [first, ...own, ...others] as [CaseName, RenderCase][]) {
      await tell('', `## ${clip.title} (${name})`);
      if (until.aborted) {
        await tell('not begun: the time is over');
        continue;
      }
      const folder = join(clip.isPlain ? plain : dotted, name);
      const result = await renderCase(context, { name, clip, folder }, until);
      if (typeof result === 'string') {
        await tell(`not made here: ${result}`);
        continue;
      }
      results.push(result);
      await tell(...caseLines(result));
      onCase({ title: clip.title, fault: faultOf(result) });
      // The others would only wait for the same.
      if (result.outcome.failure?.type === 'EngineUnavailableError') break;
    }
  } finally {
    await tell('', '## What this Resolve does', ...assumptionLines(results));
    await report.close();
    await Promise.all([dotted, plain].map((one) => rm(one, { recursive: true, force: true })));
  }
  return path;
}

/** Renders one clip. @returns what the engine can't make here, as a sentence. */
async function renderCase(
  { engine, prober, ownClip }: RenderTestContext,
  { name, clip, folder }: { name: CaseName; clip: RenderCase; folder: string },
  until: AbortSignal,
): Promise<CaseResult | string> {
  const stem = clip.isPlain ? 'proxy' : '.proxy.partial';
  const stagingPath = join(folder, `${stem}.${clip.request.container}`);
  const isOwn = name === 'own' && ownClip !== null;
  const sourcePath = isOwn ? ownClip : join(folder, 'source.mov');
  const cancel = new AbortController();
  const signal = AbortSignal.any([until, cancel.signal]);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  await mkdir(folder);
  try {
    if (!isOwn) await makeTestClip(sourcePath, clip);
    const probed = isOwn ? await prober.probe(sourcePath, signal) : null;
    const media = probed && 'media' in probed ? probed.media : null;
    const request: ProxyRequest = { ...clip.request, explicitFps: null };
    const violations = engine.violations(request);
    if (violations.length > 0) return violations.map(({ message }) => message).join(' ');
    let timer: NodeJS.Timeout | undefined;
    const task: ClipTask = {
      request,
      source: media,
      sourcePath,
      outputPath: stagingPath,
      stagingPath,
      stagedFile: stagingPath,
      adopt: async () => undefined,
      stagingFolder: join(folder, stem),
      scratchFolders: [],
      namedFolder: folder,
      onProgress: () => {
        if (clip.cancelAfter !== null)
          timer ??= setTimeout(() => cancel.abort(), clip.cancelAfter * 1000);
      },
    };
    const outcome = await engine.make(task, signal, clip.mode);
    clearTimeout(timer);
    const likeness =
      outcome.failure === null && !isOwn ? await likenessOf(sourcePath, stagingPath) : null;
    return { name, clip, outcome, likeness, seconds: seconds() };
  } catch (error) {
    return { name, clip, outcome: notMade(error), likeness: null, seconds: seconds() };
  }
}

function notMade(error: unknown): ClipOutcome {
  const failure =
    error instanceof JobFailure
      ? error
      : new JobFailure('engine_stopped_short', { error: errorMessage(error) });
  return { exit_code: null, stderr: null, warnings: [], verification: [], attempts: [], failure };
}

async function head(): Promise<string[]> {
  const program = await runningResolve();
  const window = program?.hasWindow === true ? 'with its window' : 'with -nogui';
  const how = program === null ? 'in an unknown way' : window;
  return [
    '# Render test of watch-folder-runner. It names nobody and nothing: send it as it is.',
    `runner ${RUNNER_VERSION}, ${process.platform} ${process.arch}, Node ${process.version}, ${await ffmpegVersion()}`,
    `Resolve runs ${how}${program === null ? '' : `, for ${program.ageSeconds} s`}`,
  ];
}
