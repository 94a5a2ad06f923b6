import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { clipFilesOf } from './clip-files.ts';
import { frameFolderOf, sequenceIn, type FrameFolder } from './frame-folder.ts';

/** Changes whenever a source, or any frame of it, is replaced, resized, written to, added or removed. */
export type SourceFingerprint = string;

export interface SourceSurvey {
  fingerprint: SourceFingerprint;
  isSequence: boolean;
  /** Paths of the frames that are symbolic links. */
  links: readonly string[];
  /** Why the source is no whole clip, in sentences of which the first begins with its path. */
  fault: string | null;
}

/** A sequence can have a hundred thousand frames, on a share that answers slowly. */
const STATS_AT_ONCE = 64;

/**
 * Looks at sources, and at every frame of those that are sequences, without opening them.
 *
 * @throws JobFailure `UnsupportedFormatError` naming every source whose frames can't be rendered; the system's error when
 * a source is gone; the reason of `signal`.
 */
export async function surveySources(
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<SourceSurvey[]> {
  const surveys: SourceSurvey[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const survey = await surveySource(path, signal);
    surveys.push(survey);
    if (survey.fault !== null) problems.push(`${path} ${survey.fault}`);
  }
  if (problems.length > 0) {
    throw new JobFailure('UnsupportedFormatError', `Unsupported format: ${problems.join(' ')}`);
  }
  return surveys;
}

/** @throws the system's error when the source is gone; the reason of `signal`. */
export async function surveySource(path: string, signal?: AbortSignal): Promise<SourceSurvey> {
  const folder = await frameFolderOf(path);
  if (folder === null) return surveyClip(path);
  const hash = createHash('sha256');
  const flaws: string[] = [];
  for (let from = 0; from < folder.names.length; from += STATS_AT_ONCE) {
    signal?.throwIfAborted();
    const names = folder.names.slice(from, from + STATS_AT_ONCE);
    const frames = await Promise.all(names.map((name) => look(join(folder.path, name))));
    for (const [index, { mark, flaw }] of frames.entries()) {
      hash.update(`${names[index]}\n${mark}\n`);
      if (flaw !== null) flaws.push(`${names[index]} ${flaw}`);
    }
  }
  return {
    fingerprint: hash.digest('hex'),
    isSequence: true,
    links: folder.links.map((name) => join(folder.path, name)),
    fault: sequenceFault(folder) ?? frameFault(flaws),
  };
}

/** A clip in one file, or in the parts that lie beside its first; what it is developed by changes it too. */
async function surveyClip(path: string): Promise<SourceSurvey> {
  const { parts, settings, fault } = await clipFilesOf(path);
  const paths = [path, ...[...parts, ...settings].map((name) => join(dirname(path), name))];
  const marks: string[] = [];
  for (const one of paths) marks.push((await look(one)).mark);
  return {
    fingerprint: marks.join(' '),
    isSequence: false,
    links: [],
    fault: fault === null ? null : `is no whole clip. ${fault}`,
  };
}

interface Look {
  mark: string;
  flaw: string | null;
}

/** Links count as what they lead to. */
async function look(path: string): Promise<Look> {
  const stats = await stat(path, { bigint: true }).catch(() => null);
  if (stats === null) return { mark: 'gone', flaw: 'leads nowhere' };
  const { dev, ino, size, mtimeNs } = stats;
  const mark = [dev, ino, size, mtimeNs].join(':');
  if (!stats.isFile()) return { mark, flaw: 'is not a file' };
  return { mark, flaw: size === 0n ? 'is empty' : null };
}

function frameFault([flaw, ...others]: readonly string[]): string | null {
  if (flaw === undefined) return null;
  const more = others.length > 0 ? `, and ${others.length} more can't be used` : '';
  return `${NO_SEQUENCE}Its frame ${flaw}${more}. Copy the frames again.`;
}

const NO_SEQUENCE = 'is no whole frame sequence. ';

function sequenceFault(folder: FrameFolder): string | null {
  try {
    sequenceIn(folder);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return NO_SEQUENCE + error.message;
    throw error;
  }
}
