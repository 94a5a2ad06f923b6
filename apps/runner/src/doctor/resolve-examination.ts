import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../config/settings.ts';
import { findExecutable } from '../process/find-executable.ts';
import { errorMessage } from '../files/index.ts';
import { STOP_PREFERENCE } from '../resolve/rendered-frames.ts';
import { ResolveInstance } from '../resolve/resolve-instance.ts';
import { locateResolve } from '../resolve/resolve-location.ts';
import { ResolveRenders, type RenderTestOrder } from './resolve-renders.ts';
import { ok, problem, report, warning, type Finding } from './finding.ts';

/**
 * Tells what was looked for of Resolve, where, what answers, and what to do when nothing does. Without Resolve only camera
 * RAW is refused, so nothing here is a problem unless a test render was wished for.
 */
@Injectable()
export class ResolveExamination {
  constructor(
    private readonly settings: RunnerSettings,
    private readonly instance: ResolveInstance,
    private readonly renders: ResolveRenders,
  ) {}

  /** @param renderTest `null` for no render. */
  async examine(renderTest: RenderTestOrder | null): Promise<Finding[]> {
    const { settings, instance, renders } = this;
    const bad = renderTest === null ? warning : problem;
    const location = await locateResolve();
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
      findings.push(report(`What it doesn't tell: ${STOP_PREFERENCE}`));
    } catch (error) {
      return [...findings, bad(`camera RAW is refused: ${errorMessage(error)}`)];
    }
    if (renderTest !== null) findings.push(...(await renders.examine(renderTest)));
    return findings;
  }
}
