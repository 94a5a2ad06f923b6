import {
  CHECK_SUBJECTS,
  type CheckName,
  type CheckSubject,
  type ReadClip,
  type VerificationCheck,
} from '@app/jobspec/result';
import { counted } from '../text/quantities.ts';

/** One of the five things that people want to know of a proxy. */
export interface Tick {
  title: string;
  /** `null` where nothing was compared. */
  passed: boolean | null;
  sentence: string;
  checks: VerificationCheck[];
}

/** With the check without which no more than its header was compared. */
const SUBJECTS: Record<CheckSubject, { title: string; compared?: CheckName }> = {
  picture: { title: 'Picture', compared: 'picture_differences' },
  colour: { title: 'Colour', compared: 'colours_off_levels' },
  sound: { title: 'Sound and sync', compared: 'sound' },
  timecode: { title: 'Timecode' },
  length: { title: 'Length' },
};

type Ticked = Pick<ReadClip, 'verification' | 'facts' | 'engine'>;

/** Five lines, each with a tick, and the measures behind them. */
export function ticksOf(clip: Ticked): Tick[] {
  return Object.entries(SUBJECTS).map(([subject, { title, compared }]) => {
    const checks = clip.verification.filter(({ check }) => subjectOf(check) === subject);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    const has = compared === undefined || checks.some(({ check }) => check === compared);
    return { title, passed, checks, sentence: sentenceOf(subject, checks, has, clip) };
  });
}

/** A check of another version says something of the picture. */
function subjectOf(check: string): CheckSubject {
  return Object.hasOwn(CHECK_SUBJECTS, check) ? CHECK_SUBJECTS[check as CheckName] : 'picture';
}

function sentenceOf(
  subject: string,
  checks: readonly VerificationCheck[],
  isCompared: boolean,
  { facts: { audio_channels, frames, timecode }, engine }: Ticked,
): string {
  const wrong = checks.filter(({ passed }) => !passed);
  if (wrong.length > 0)
    return `Differs from the source: ${wrong.map(({ check }) => check.replaceAll('_', ' ')).join(', ')}.`;
  const why =
    engine === 'resolve' ? 'FFmpeg can’t read camera RAW.' : 'its result has no such check.';
  if (subject === 'sound' && audio_channels?.length === 0) return 'The source has no sound.';
  if (checks.length === 0)
    return subject === 'timecode' ? 'The source has none.' : `Not compared: ${why}`;
  if (!isCompared) return `Only what its header says was compared: ${why}`;
  if (subject === 'timecode' && timecode !== null) return `Begins at ${timecode}, as the source.`;
  if (subject === 'length' && frames.made !== null)
    return `${counted(frames.made, 'frame')}, as long as the source.`;
  return 'As in the source.';
}
