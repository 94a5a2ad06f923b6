import { countsSentence, handOver } from '@app/assistant';
import { complain, printLines, printText } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

export interface HandoverOptions {
  output: string;
  jobs?: string[];
  link?: boolean;
  json?: boolean;
}

/** Writes the lists that accompany a watch folder's proxies. @returns the exit code. */
export async function handover(root: string, options: HandoverOptions): Promise<number> {
  const { jobs = [], link = false, json = false } = options;
  const done = await handOver(root, options.output, jobs, link);
  const { missing, notes, files, problems } = done;
  if (json) printText(JSON.stringify(done));
  else {
    printLines([
      countsSentence(done),
      ...missing,
      ...notes,
      ...files.map((file) => `Wrote ${file}`),
    ]);
    complain(...problems);
  }
  return problems.length > 0 ? ExitCode.JobFailed : ExitCode.Success;
}
