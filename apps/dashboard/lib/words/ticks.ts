import {
  CHECK_SUBJECTS,
  type CheckName,
  type CheckSubject,
  type EngineName,
  type ReadClip,
  type VerificationCheck,
} from '@app/jobspec/result';
import { counted } from './quantities.ts';

/** One of the five things that people want to know of a proxy. */
export interface Tick {
  title: string;
  /** `null` where nothing was compared. */
  passed: boolean | null;
  sentence: string;
  checks: VerificationCheck[];
}

interface Subject {
  title: string;
  /** Without this check no more than its header was compared. */
  compared?: CheckName;
  /** What is said when all checks were passed. */
  said: string;
}

const SUBJECTS: Record<CheckSubject, Subject> = {
  picture: {
    title: 'Picture',
    compared: 'picture_differences',
    said: 'Every picture shows what its source shows.',
  },
  colour: {
    title: 'Colour',
    compared: 'colours_off_levels',
    said: 'Colours and levels are those of the source.',
  },
  sound: {
    title: 'Sound and sync',
    compared: 'sound',
    said: 'All tracks are there, in sync, and sound like the source.',
  },
  timecode: { title: 'Timecode', said: 'As in the source.' },
  length: { title: 'Length', said: 'As long as the source.' },
};

/** Why nothing, or the header alone, was compared. */
const WHY_NOT_COMPARED: Record<EngineName, string> = {
  ffmpeg: 'its result has no such check.',
  resolve: 'FFmpeg can’t read camera RAW.',
};

type Ticked = Pick<ReadClip, 'verification' | 'facts' | 'engine'>;

/** Five lines, each with a tick, and the measures behind them. */
export function ticksOf(clip: Ticked): Tick[] {
  return Object.entries(SUBJECTS).map(([subject, { title, compared, said }]) => {
    const checks = clip.verification.filter(({ check }) => subjectOf(check) === subject);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    const has = compared === undefined || checks.some(({ check }) => check === compared);
    const sentence = sentenceOf(subject, checks, has ? said : null, clip);
    return { title, passed, checks, sentence };
  });
}

/** A check of another version says something of the picture. */
function subjectOf(check: string): CheckSubject {
  return Object.hasOwn(CHECK_SUBJECTS, check) ? CHECK_SUBJECTS[check as CheckName] : 'picture';
}

/** @param said when all checks were passed; `null` when no more than the header was compared */
function sentenceOf(
  subject: string,
  checks: readonly VerificationCheck[],
  said: string | null,
  { facts: { audio_channels, frames, timecode }, engine }: Ticked,
): string {
  const wrong = checks.filter(({ passed }) => !passed);
  if (wrong.length > 0)
    return `Differs from the source: ${wrong.map(({ check }) => check.replaceAll('_', ' ')).join(', ')}.`;
  const why = WHY_NOT_COMPARED[engine];
  if (subject === 'sound' && audio_channels?.length === 0) return 'The source has no sound.';
  if (checks.length === 0)
    return subject === 'timecode' ? 'The source has none.' : `Not compared: ${why}`;
  if (said === null) return `Only what its header says was compared: ${why}`;
  if (subject === 'timecode' && timecode !== null) return `Begins at ${timecode}, as the source.`;
  if (subject === 'length' && frames.made !== null)
    return `${counted(frames.made, 'frame')}, as long as the source.`;
  return said;
}
