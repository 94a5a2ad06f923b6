import { errorCode, errorMessage, stat } from '../files/index.ts';
import type { Configuration } from '../config/settings.module.ts';
import {
  countsSentence,
  handOver,
  HandOverRefusal,
  type HandOver,
  type Linking,
} from '../handover/hand-over.ts';
import { Prober } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { complain, printLines, printText, refuse } from '../text/index.ts';
import { createQuietApplication } from './application.ts';
import { ExitCode } from './exit-code.ts';

export interface HandoverOptions {
  output: string;
  day?: string;
  jobs?: string[];
  link?: boolean;
  notes?: string[];
  json?: boolean;
}

/** Writes what goes with the proxies of a watch folder. @returns the exit code. */
export async function handover(
  root: string,
  options: HandoverOptions,
  configuration: Configuration,
): Promise<number> {
  const { day = null, jobs = [], link = false, notes = [], json = false } = options;
  if (day !== null && !isDay(day)) {
    refuse([`--day must be a day such as 2026-11-25, not "${day}".`], json);
    return ExitCode.Usage;
  }
  if (notes.length > 0 && !link) {
    refuse(['--notes fills columns of the ALE that --link writes. Give --link too.'], json);
    return ExitCode.Usage;
  }
  try {
    const hand = (linking: Linking | null) =>
      handOver(root, options.output, { day, jobs }, linking);
    const done = link ? await withProbe(configuration, notes, hand) : await hand(null);
    if (json) printText(JSON.stringify(done));
    else describe(done);
    return done.problems.length > 0 ? ExitCode.JobFailed : ExitCode.Success;
  } catch (error) {
    return refused(error, root, json);
  }
}

async function withProbe(
  configuration: Configuration,
  furtherNotes: readonly string[],
  work: (linking: Linking) => Promise<HandOver>,
): Promise<HandOver> {
  const app = await createQuietApplication(configuration);
  const prober = app.get(Prober, { strict: false });
  // What can't be read has no size that anybody could tell.
  const probe = async (path: string) => {
    const stats = await stat(path).catch(() => null);
    if (!stats?.isFile() || stats.size === 0) return null;
    const probed = await prober.describe(path).catch(() => null);
    return probed !== null && 'media' in probed ? probed.media : null;
  };
  try {
    return await work({ probe, furtherNotes });
  } finally {
    await app.close();
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
