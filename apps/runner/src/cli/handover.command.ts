import { countsSentence, handOver, misuse } from '@app/assistant';
import { complain, printLines, printText } from '../logging/print.ts';
import { ExitCode } from './exit-code.ts';

export interface HandoverOptions {
  output: string;
  day?: string;
  jobs?: string[];
  link?: boolean;
  json?: boolean;
}

/** Writes the lists that accompany a watch folder's proxies. @returns the exit code. */
export async function handover(root: string, options: HandoverOptions): Promise<number> {
  const { day = null, jobs = [], link = false, json = false } = options;
  if (day !== null && !isDay(day))
    throw misuse(`--day must be a day such as 2026-11-25, not "${day}".`);
  const done = await handOver(root, options.output, { day, jobs }, link);
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

/** Rejects days that their month doesn't have. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
}
