import {
  CHECK_SUBJECTS,
  type CheckName,
  type CheckSubject,
  type EngineName,
  type ReadClip,
  type VerificationCheck,
} from '@app/jobspec/result';
import { counted } from './quantities.ts';

/** Verdict on one of the five subjects of verification. */
export interface Tick {
  title: string;
  /** `null` if nothing was compared. */
  passed: boolean | null;
  sentence: string;
  checks: VerificationCheck[];
}

interface Subject {
  title: string;
  /** Check that compares content; without it only the header was compared. */
  compared?: CheckName;
  /** Sentence if all checks passed. */
  said: string;
}

const SUBJECTS: Record<CheckSubject, Subject> = {
  picture: {
    title: 'Picture',
    compared: 'picture_differences',
    said: 'Every frame matches the source.',
  },
  colour: {
    title: 'Colour',
    compared: 'colours_off_levels',
    said: 'Colour and levels match the source.',
  },
  sound: {
    title: 'Sound and sync',
    compared: 'sound',
    said: 'All tracks are there, in sync, and match the source.',
  },
  timecode: { title: 'Timecode', said: 'Same as the source.' },
  length: { title: 'Length', said: 'Same length as the source.' },
};

/** Reasons for comparing nothing, or the header only. */
const WHY_NOT_COMPARED: Record<EngineName, string> = {
  ffmpeg: 'this check is not in the result.',
  resolve: 'FFmpeg can’t read camera RAW.',
};

/** Loudness of each track: `Track 1: −23.1 LUFS, −1.0 dBTP true peak`. */
export function loudnessWords({ loudness = [] }: ReadClip['facts']): string {
  const tracks = loudness.map(({ integrated_lufs, true_peak_dbtp }, track) => {
    const words = [
      decibels(integrated_lufs, 'LUFS'),
      decibels(true_peak_dbtp, 'dBTP true peak'),
    ].flat();
    return `Track ${track + 1}: ${words.join(', ') || 'silent'}`;
  });
  return tracks.join('; ');
}

function decibels(value: number | null, unit: string): string[] {
  return value === null ? [] : [`${value.toFixed(1).replace('-', '−')} ${unit}`];
}

type Ticked = Pick<ReadClip, 'verification' | 'facts' | 'engine'>;

/** Verdicts on the five subjects, with their checks. */
export function ticksOf(clip: Ticked): Tick[] {
  return Object.entries(SUBJECTS).map(([subject, { title, compared, said }]) => {
    const checks = clip.verification.filter(({ check }) => subjectOf(check) === subject);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    const has = compared === undefined || checks.some(({ check }) => check === compared);
    const sentence = sentenceOf(subject, checks, has ? said : null, clip);
    return { title, passed, checks, sentence };
  });
}

/** Subject of a check; unknown checks of other versions count as picture. */
function subjectOf(check: string): CheckSubject {
  return Object.hasOwn(CHECK_SUBJECTS, check) ? CHECK_SUBJECTS[check as CheckName] : 'picture';
}

/** Units by name of check. */
const UNITS: [RegExp, string][] = [
  [/_ms$/u, 'ms'],
  [/seconds/u, 's'],
  [/levels$/u, 'levels of 255'],
  [/sample_rates/u, 'Hz'],
  [/frame_rate/u, 'fps'],
  [/^size$/u, 'px'],
  [/frames?_|_frames|^pictures/u, 'frames'],
];

/** Unit of a check's figures; empty if it has none. */
export function unitOf({ check, expected }: VerificationCheck): string {
  const hasFigures = /\d/u.test(JSON.stringify(expected ?? null));
  return (hasFigures && UNITS.find(([name]) => name.test(check))?.[1]) || '';
}

/** @param said sentence if all checks passed; `null` if only the header was compared */
function sentenceOf(
  subject: string,
  checks: readonly VerificationCheck[],
  said: string | null,
  { facts: { audio_channels, compared_size, frames, timecode }, engine }: Ticked,
): string {
  const wrong = checks.filter(({ passed }) => !passed);
  if (wrong.length > 0)
    return `Doesn’t match the source: ${wrong.map(({ check }) => check.replaceAll('_', ' ')).join(', ')}.`;
  const why = WHY_NOT_COMPARED[engine];
  if (subject === 'sound' && audio_channels?.length === 0) return 'Source has no audio.';
  if (checks.length === 0)
    return subject === 'timecode' ? 'Source has no timecode.' : `Not compared: ${why}`;
  if (said === null) return `Only the header was compared: ${why}`;
  if (subject === 'picture' && compared_size !== undefined && frames.made !== null)
    return `All ${counted(frames.made, 'frame')} match the source, each compared at ${compared_size.replace('x', ' × ')}.`;
  if (subject === 'timecode' && timecode !== null)
    return `Starts at ${timecode}, same as the source.`;
  if (subject === 'length' && frames.made !== null)
    return `${counted(frames.made, 'frame')}, same length as the source.`;
  return said;
}
