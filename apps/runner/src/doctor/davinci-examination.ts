import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contractViolation, JobFailure } from '@app/jobspec';
import type { ProxyRequest } from '@app/engines';
import type { RunnerSettings } from '../config/settings.ts';
import { FfprobeService } from '../probe/ffprobe.service.ts';
import { OutputVerifier } from '../probe/output-verifier.ts';
import { runProcess } from '../process/child-process.ts';
import { findExecutable } from '../process/find-executable.ts';
import { errorMessage } from '../files/system-error.ts';
import { DavinciDriver } from '../davinci/davinci-driver.ts';
import { DavinciInstance } from '../davinci/davinci-instance.ts';
import { RenderInspector } from '../davinci/render-inspector.ts';
import { DavinciEngine } from '../davinci/davinci.engine.ts';
import { locateDavinci } from '../davinci/davinci-location.ts';
import { checkOutputDirectory } from '../validation/output-files.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';
const TEST_REQUEST: ProxyRequest = {
  codec: 'dnxhr',
  container: 'mov',
  resolution: 'half',
  explicitFps: null,
};
const ONE_SECOND = 'testsrc2=size=1280x720:rate=24,trim=end_frame=24';

/**
 * Tells what was looked for of Resolve, where, what answers, and what to do when nothing does. Without Resolve only camera
 * RAW is refused, so nothing here is a problem unless a test render was wished for.
 *
 * @param renderFolder where to render a second of test picture, which Resolve must count among its storage; `null` for no
 * render.
 */
export async function examineDavinci(
  settings: RunnerSettings,
  renderFolder: string | null,
): Promise<Finding[]> {
  const bad = renderFolder === null ? warning : problem;
  const location = await locateDavinci();
  if (!location.found) {
    const tried = location.candidates.join(', ');
    return [
      bad(
        `camera RAW is refused: Resolve's scripting module was looked for at ${tried}. Install DaVinci Resolve ` +
          'Studio, or set RESOLVE_SCRIPT_API to its scripting folder.',
      ),
    ];
  }
  const python = await findExecutable(settings.resolvePython);
  const instance = new DavinciInstance(new DavinciDriver(settings));
  const findings = [
    ok(`Resolve's scripting module is in ${location.scriptApi}`),
    ok(`Resolve's library: ${location.scriptLib ?? 'wherever its module looks'}`),
    python === null
      ? bad(`Python for Resolve: ${settings.resolvePython} is no executable file on the PATH`)
      : ok(`Python for Resolve: ${python}`),
  ];
  try {
    const info = await instance.identify();
    const { product, version, python: used } = info;
    findings.push(ok(`${product} ${version} answers, through Python ${used}`));
  } catch (error) {
    return [...findings, bad(`camera RAW is refused: ${errorMessage(error)}`)];
  }
  if (renderFolder !== null) findings.push(await renderASecond(settings, instance, renderFolder));
  return findings;
}

async function renderASecond(
  settings: RunnerSettings,
  instance: DavinciInstance,
  parent: string,
): Promise<Finding> {
  const unusable = await checkOutputDirectory(parent).catch(errorMessage);
  if (unusable) return problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`);
  let folder: string | null = null;
  try {
    folder = await mkdtemp(join(parent, '.watch-folder-runner-test-'));
    const engine = new DavinciEngine(
      instance,
      new RenderInspector(
        new OutputVerifier(new FfprobeService(settings)),
        new FfprobeService(settings),
      ),
    );
    const failure = await renderInto(engine, folder);
    if (failure !== null) throw failure;
    return ok(`Resolve rendered and the runner verified one second of DNxHR in ${parent}`);
  } catch (error) {
    return problem(`the test render in ${parent} failed: ${errorMessage(error)}`);
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** The source is no camera RAW, which nobody can make here; everything else is as in a job. */
async function renderInto(engine: DavinciEngine, folder: string): Promise<JobFailure | null> {
  const sourcePath = join(folder, 'source.mov');
  const encode = ['-f', 'lavfi', '-i', ONE_SECOND, '-c:v', 'prores_ks', `file:${sourcePath}`];
  const made = await runProcess(['ffmpeg', '-v', 'error', '-nostdin', ...encode], {
    stallSeconds: 60,
    onStdout: () => true,
  });
  if (made.exitCode !== 0) throw new JobFailure('EngineError', `FFmpeg: ${made.stderr.trim()}`);
  const task = {
    sourcePath,
    stagingPath: join(folder, 'proxy.mov'),
    stagingFolder: join(folder, 'proxy'),
  };
  const { makeProxy, violations } = engine.prepare(TEST_REQUEST, null);
  if (!makeProxy) throw contractViolation(violations);
  const { failure } = await makeProxy(task, new AbortController().signal);
  return failure;
}
