import { mkdir, mkdtemp, rm } from '../../files/index.ts';
import { join } from 'node:path';
import { contractViolation } from '@app/jobspec';
import type { Engine, ProxyRequest } from '@app/engines';
import { faultOf, type CaseResult } from './case-report.ts';
import { likenessOf } from './picture-likeness.ts';
import { RENDER_CASES, titleOf, type RenderCase } from './render-cases.ts';
import { reportOf } from './report.ts';
import { makeTestClip } from './test-clip.ts';

const REQUEST: ProxyRequest = {
  codec: 'dnxhr',
  container: 'mov',
  resolution: 'same',
  explicitFps: null,
};

/** What came of the test: clip by clip for its user, and as a report for anybody. */
export interface RenderTest {
  /** What each clip was, and why it isn't as it was asked for. */
  clips: readonly { title: string; fault: string | null }[];
  report: string;
}

/**
 * Makes every clip of the test in one session of Resolve, and a report of it that names nobody and nothing.
 *
 * @param parent where Resolve renders, which it must count among its storage.
 * @throws the system's error when nothing can be written there.
 */
export async function runRenderTest(engine: Engine, parent: string): Promise<RenderTest> {
  const folder = await mkdtemp(join(parent, '.watch-folder-runner-test-'));
  try {
    const results: CaseResult[] = [];
    for (const [index, clip] of RENDER_CASES.entries()) {
      const result = await renderCase(engine, join(folder, `${index}`), clip);
      results.push(result);
      // The others would only wait for the same.
      if (result.outcome.failure?.type === 'EngineUnavailableError') break;
    }
    const report = await reportOf(results, [folder, parent]);
    const clips = results.map((result) => ({
      title: titleOf(result.clip),
      fault: faultOf(result),
    }));
    return { clips, report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function renderCase(engine: Engine, folder: string, clip: RenderCase): Promise<CaseResult> {
  await mkdir(folder);
  const sourcePath = join(folder, 'source.mov');
  const stagingPath = join(folder, 'proxy.mov');
  await makeTestClip(sourcePath, clip);
  const { makeProxy, violations } = engine.prepare(REQUEST, null);
  if (!makeProxy) throw contractViolation(violations);
  const begun = performance.now();
  const task = {
    sourcePath,
    outputPath: stagingPath,
    stagingPath,
    stagedFile: stagingPath,
    adopt: async () => undefined,
    stagingFolder: join(folder, 'proxy'),
    namedFolder: folder,
  };
  const outcome = await makeProxy(task, new AbortController().signal);
  const seconds = (performance.now() - begun) / 1000;
  const likeness = outcome.failure === null ? await likenessOf(sourcePath, stagingPath) : null;
  return { clip, outcome, likeness, seconds };
}
