import { Injectable } from '@nestjs/common';
import { Prober } from '@app/engines';
import { ResolveInstance } from '../resolve/resolve-instance.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';
import { errorMessage } from '../files/index.ts';
import { checkOutputDirectory } from '../validation/index.ts';
import { runRenderTest } from './render-test/render-test.ts';
import { ok, problem, report, type Finding } from './finding.ts';

/** A render test that somebody wishes for. */
export interface RenderTestOrder {
  /** Where Resolve renders, which it must count among its storage. */
  directory: string;
  /** A clip of the user's; `null` without one. */
  clip: string | null;
}

const NAME_A_DIRECTORY =
  'Name one that is there, may be written to, and is in Preferences > Media Storage of Resolve.';

/** Runs the render test in a directory that Resolve counts among its storage. */
@Injectable()
export class ResolveRenders {
  constructor(
    private readonly instance: ResolveInstance,
    private readonly engine: ResolveEngine,
    private readonly prober: Prober,
  ) {}

  async examine({ directory, clip }: RenderTestOrder): Promise<Finding[]> {
    const unusable = await checkOutputDirectory(directory).catch(errorMessage);
    if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
    const { instance, engine, prober } = this;
    const context = { instance, engine, prober, parent: directory, ownClip: clip };
    const findings: Finding[] = [];
    try {
      const path = await runRenderTest(context, ({ title, fault }) => {
        const name = `test clip ${findings.length + 1}, ${title}`;
        findings.push(fault === null ? ok(`${name}: as asked`) : problem(`${name}: ${fault}`));
      });
      return [...findings, report(`Send this file as it is: ${path}`)];
    } catch (error) {
      return [
        ...findings,
        problem(`the render test in ${directory} failed: ${errorMessage(error)}`),
      ];
    }
  }
}
