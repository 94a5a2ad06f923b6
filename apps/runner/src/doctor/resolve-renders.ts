import type { RunnerSettings } from '../config/settings.ts';
import type { ResolveInstance } from '../resolve/resolve-instance.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';
import { RenderInspector } from '../resolve/render-inspector.ts';
import { errorMessage } from '../files/index.ts';
import { FfprobeService, OutputVerifier } from '../probe/index.ts';
import { checkOutputDirectory } from '../validation/index.ts';
import { runRenderTest } from './render-test/render-test.ts';
import { ok, problem, report, type Finding } from './finding.ts';

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';

/** Runs the render test in a directory that Resolve counts among its storage. */
export async function examineRenders(
  settings: RunnerSettings,
  instance: ResolveInstance,
  parent: string,
): Promise<Finding[]> {
  const unusable = await checkOutputDirectory(parent).catch(errorMessage);
  if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
  const prober = new FfprobeService(settings);
  const inspector = new RenderInspector(new OutputVerifier(prober, settings), prober);
  try {
    const test = await runRenderTest(new ResolveEngine(instance, inspector), parent);
    return [...test.clips.map(findingOf), report(test.report)];
  } catch (error) {
    return [problem(`the render test in ${parent} failed: ${errorMessage(error)}`)];
  }
}

function findingOf({ title, fault }: { title: string; fault: string | null }, index: number) {
  const name = `test clip ${index + 1}, ${title}`;
  return fault === null ? ok(`${name}: rendered and verified`) : problem(`${name}: ${fault}`);
}
