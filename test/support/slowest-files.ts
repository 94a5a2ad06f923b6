import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const SHOWN = 20;

/** Ends a run with the files that took longest, in seconds of their tests and hooks. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const times = modules.map((module): [seconds: number, path: string] => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      const seconds = (collectDuration + setupDuration + duration) / 1000;
      return [seconds, relative(process.cwd(), module.moduleId)];
    });
    const slowest = times.toSorted(([a], [b]) => b - a).slice(0, SHOWN);
    const lines = slowest.map(([seconds, path]) => `${seconds.toFixed(1).padStart(7)} s  ${path}`);
    console.log(`\nThe slowest of ${times.length} files:\n${lines.join('\n')}`);
  }
}
