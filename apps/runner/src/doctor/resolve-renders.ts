import { Injectable } from '@nestjs/common';
import { Prober } from '@app/engines';
import { ResolveInstance } from '../resolve/resolve-instance.ts';
import { ResolveEngine } from '../resolve/resolve.engine.ts';
import { errorMessage } from '../files/index.ts';
import { checkOutputDirectory } from '../validation/index.ts';
import { runRenderTest, type RenderTestOrder } from './render-test/render-test.ts';
import { ok, problem, report, type Finding } from './finding.ts';

export type { RenderTestOrder };

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

  async examine(order: RenderTestOrder): Promise<Finding[]> {
    const { directory } = order;
    const unusable = await checkOutputDirectory(directory).catch(errorMessage);
    if (unusable) return [problem(`no test render: ${unusable}. ${NAME_A_DIRECTORY}`)];
    const { instance, engine, prober } = this;
    const context = { ...order, instance, engine, prober };
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
