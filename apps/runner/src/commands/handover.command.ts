import { errorCode, errorMessage } from '../files/index.ts';
import { countsSentence, handOver, HandOverRefusal, type HandOver } from '../handover/hand-over.ts';
import { JobFailure } from '@app/jobspec';
import { complain, printLines, printText, refuse } from '../text/index.ts';
import { ExitCode } from './exit-code.ts';

export interface HandoverOptions {
  output: string;
  day?: string;
  jobs?: string[];
  link?: boolean;
  json?: boolean;
}

/** Writes what goes with the proxies of a watch folder. @returns the exit code. */
export async function handover(root: string, options: HandoverOptions): Promise<number> {
  const { day = null, jobs = [], link = false, json = false } = options;
  if (day !== null && !isDay(day)) {
    refuse([`--day must be a day such as 2026-11-25, not "${day}".`], json);
    return ExitCode.Usage;
  }
  try {
    const done = await handOver(root, options.output, { day, jobs }, link);
    if (json) printText(JSON.stringify(done));
    else describe(done);
    return done.problems.length > 0 ? ExitCode.JobFailed : ExitCode.Success;
  } catch (error) {
    return refused(error, root, json);
  }
}

function describe(done: HandOver) {
  printLines([countsSentence(done), ...done.notes, ...done.files.map((file) => `Wrote ${file}`)]);
  complain(...done.problems);
}

function refused(error: unknown, root: string, asJson: boolean): number {
  if (error instanceof HandOverRefusal || error instanceof JobFailure) {
    refuse(error instanceof HandOverRefusal ? error.sentences : [error.message], asJson);
    const isOfFolder = error instanceof HandOverRefusal && error.isOfFolder;
    return isOfFolder ? ExitCode.FolderUnusable : ExitCode.JobFailed;
  }
  if (errorCode(error) === undefined) throw error;
  refuse([`${root} can't be handed over: ${errorMessage(error)}`], asJson);
  return ExitCode.FolderUnusable;
}

/** Of a month that has so many days. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${text}T`);
}
