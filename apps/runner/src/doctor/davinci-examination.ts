import type { RunnerSettings } from '../config/settings.ts';
import { FfprobeService } from '../probe/ffprobe.service.ts';
import { OutputVerifier } from '../probe/output-verifier.ts';
import { findExecutable } from '../process/find-executable.ts';
import { errorMessage } from '../files/system-error.ts';
import { DavinciDriver } from '../davinci/davinci-driver.ts';
import { DavinciInstance } from '../davinci/davinci-instance.ts';
import { RenderInspector } from '../davinci/render-inspector.ts';
import { DavinciEngine } from '../davinci/davinci.engine.ts';
import { locateDavinci } from '../davinci/davinci-location.ts';
import { checkOutputDirectory } from '../validation/output-files.ts';
import { runRenderTest } from './render-test/render-test.ts';
import { ok, problem, report, warning, type Finding } from './finding.ts';

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';

/**
 * Tells what was looked for of Resolve, where, what answers, and what to do when nothing does. Without Resolve only camera
 * RAW is refused, so nothing here is a problem unless a test render was wished for.
 *
 * @param renderFolder where to render the clips of the render test, which Resolve must count among its storage; `null` for
 * no render.
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
  if (renderFolder !== null)
    findings.push(...(await testRenders(settings, instance, renderFolder)));
  return findings;
}

async function testRenders(
  settings: RunnerSettings,
  instance: DavinciInstance,
  parent: string,
): Promise<Finding[]> {
  const unusable = await checkOutputDirectory(parent).catch(errorMessage);
  if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
  const prober = new FfprobeService(settings);
  const inspector = new RenderInspector(new OutputVerifier(prober), prober);
  try {
    const { clips, report: text } = await runRenderTest(
      new DavinciEngine(instance, inspector),
      parent,
    );
    const findings = clips.map(({ title, fault }, index) =>
      fault === null
        ? ok(`test clip ${index + 1}, ${title}: rendered and verified`)
        : problem(`test clip ${index + 1}, ${title}: ${fault}`),
    );
    return [...findings, report(text)];
  } catch (error) {
    return [problem(`the render test in ${parent} failed: ${errorMessage(error)}`)];
  }
}
