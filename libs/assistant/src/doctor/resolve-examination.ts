import { ISSUES_URL, findExecutable, errorMessage } from '@app/storage';
import { STOP_PREFERENCE } from '@app/jobspec';
import { faultOf } from './case-report.ts';
import { runRenderTest, type RenderTestContext, type RenderTestOrder } from './render-test.ts';
import { ok, problem, report, warning, type Finding } from './finding.ts';
import type { DoctorSettings, FfmpegTools, ResolveTools } from './service.ts';

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';

/**
 * Reports where Resolve was looked for, what answers, and what to do if nothing does. Without Resolve only camera RAW
 * is refused, so nothing here is a problem unless a test render was requested.
 *
 * @param renderTest `null` for no render
 */
export async function examineResolve(
  { resolvePython }: DoctorSettings,
  tools: { ffmpeg: FfmpegTools; resolve: ResolveTools },
  renderTest: RenderTestOrder | null,
): Promise<Finding[]> {
  const bad = renderTest === null ? warning : problem;
  const location = await tools.resolve.locate();
  if (location.scriptApi === null) {
    const tried = location.candidates.join(', ');
    return [
      bad(
        `camera RAW is refused: Resolve's scripting module was looked for at ${tried}. Install DaVinci Resolve ` +
          'Studio, or set RESOLVE_SCRIPT_API to its scripting folder.',
      ),
    ];
  }
  const python = await findExecutable(resolvePython);
  const findings = [
    ok(`Resolve's scripting module is in ${location.scriptApi}`),
    ok(`Resolve's library: ${location.scriptLib ?? 'wherever its module looks'}`),
    python === null
      ? bad(`Python for Resolve: ${resolvePython} is not an executable file on the PATH`)
      : ok(`Python for Resolve: ${python}`),
  ];
  try {
    const info = await tools.resolve.identify();
    const { product, version, python: used } = info;
    findings.push(ok(`${product} ${version} answers, through Python ${used}`));
    findings.push(report(`See to this yourself, since no script can: ${STOP_PREFERENCE}`));
  } catch (error) {
    return [...findings, bad(`camera RAW is refused: ${errorMessage(error)}`)];
  }
  return renderTest === null
    ? findings
    : [...findings, ...(await render({ ...renderTest, ...tools }))];
}

async function render(order: RenderTestContext): Promise<Finding[]> {
  const unusable = await order.resolve.checkOutputDirectory(order.directory).catch(errorMessage);
  if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
  const { path, results, verdict } = await runRenderTest(order);
  const findings = results.map((result) => {
    const fault = faultOf(result);
    const { title } = result.clip;
    return fault === null ? ok(`test: ${title}`) : problem(`test: ${title}: ${fault}`);
  });
  const send = [
    verdict,
    `Send this file: ${path}`,
    `Make it an issue at ${ISSUES_URL}, where everybody can read it. It names paths, your clip and maybe a project: replace what nobody may know.`,
    'Say whether Resolve had its window, and whether the proxy beside the file is right: flat is (log); a colour cast, a crop, a squeeze or a red card is not.',
  ];
  return [...findings, ...send.map(report)];
}
