import { ISSUES_URL } from '../config/version.ts';
import type { RunnerSettings } from '../config/settings.ts';
import { findExecutable } from '../process/environment.ts';
import { errorMessage } from '../files/index.ts';
import { STOP_PREFERENCE } from '../resolve/rendered-frames.ts';
import type { ResolveInstance } from '../resolve/resolve-instance.ts';
import { locateResolve } from '../resolve/resolve-location.ts';
import type { ResolveEngine } from '../resolve/resolve.engine.ts';
import { checkOutputDirectory } from '../validation/index.ts';
import { faultOf } from './render-test/case-report.ts';
import {
  runRenderTest,
  type RenderTestContext,
  type RenderTestOrder,
} from './render-test/render-test.ts';
import { ok, problem, report, warning, type Finding } from './finding.ts';

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';

/** What answers for Resolve. */
interface ResolveTools {
  settings: RunnerSettings;
  instance: ResolveInstance;
  engine: ResolveEngine;
}

/**
 * Tells what was looked for of Resolve, where, what answers, and what to do when nothing does. Without Resolve only camera
 * RAW is refused, so nothing here is a problem unless a test render was wished for.
 *
 * @param renderTest `null` for no render.
 */
export async function examineResolve(
  { settings, instance, engine }: ResolveTools,
  renderTest: RenderTestOrder | null,
): Promise<Finding[]> {
  const bad = renderTest === null ? warning : problem;
  const location = await locateResolve();
  if (location.scriptApi === null) {
    const tried = location.candidates.join(', ');
    return [
      bad(
        `camera RAW is refused: Resolve's scripting module was looked for at ${tried}. Install DaVinci Resolve ` +
          'Studio, or set RESOLVE_SCRIPT_API to its scripting folder.',
      ),
    ];
  }
  const python = await findExecutable(settings.resolvePython);
  const findings = [
    ok(`Resolve's scripting module is in ${location.scriptApi}`),
    ok(`Resolve's library: ${location.scriptLib ?? 'wherever its module looks'}`),
    python === null
      ? bad(`Python for Resolve: ${settings.resolvePython} is not an executable file on the PATH`)
      : ok(`Python for Resolve: ${python}`),
  ];
  try {
    const info = await instance.identify();
    const { product, version, python: used } = info;
    findings.push(ok(`${product} ${version} answers, through Python ${used}`));
    findings.push(report(`See to this yourself, since no script can: ${STOP_PREFERENCE}`));
  } catch (error) {
    return [...findings, bad(`camera RAW is refused: ${errorMessage(error)}`)];
  }
  return renderTest === null
    ? findings
    : [...findings, ...(await render({ ...renderTest, instance, engine }))];
}

async function render(order: RenderTestContext): Promise<Finding[]> {
  const unusable = await checkOutputDirectory(order.directory).catch(errorMessage);
  if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
  const { path, results, verdict } = await runRenderTest(order);
  const findings = results.map((result) => {
    const fault = faultOf(result);
    const { title } = result.clip;
    return fault === null ? ok(`test: ${title}`) : problem(`test: ${title}: ${fault}`);
  });
  const send = [
    verdict,
    `Send this file as it is: ${path}`,
    `It names no project, user, host or path. Make it an issue at ${ISSUES_URL}, where everybody can read it.`,
  ];
  return [...findings, ...send.map(report)];
}
