import {
  CHECK_SUBJECTS,
  type CheckName,
  type CheckSubject,
  type EngineName,
  type ReadClip,
  type VerificationCheck,
} from '@app/jobspec/result';
import { plural } from './quantities.ts';

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
  sentence: string;
}

const SUBJECTS: Record<CheckSubject, Subject> = {
  picture: {
    title: 'Picture',
    compared: 'picture_differences',
    sentence: 'Every frame matches the source.',
  },
  colour: {
    title: 'Colour',
    compared: 'colours_off_levels',
    sentence: 'Colour and levels match the source.',
  },
  sound: {
    title: 'Sound and sync',
    compared: 'sound',
    sentence: 'All tracks are there, in sync, and match the source.',
  },
  timecode: { title: 'Timecode', sentence: 'Same as the source.' },
  length: { title: 'Length', sentence: 'Same length as the source.' },
};

/** Reasons for comparing nothing, or the header only. */
const WHY_NOT_COMPARED: Record<EngineName, string> = {
  ffmpeg: 'this check is not in the result.',
  resolve: 'FFmpeg can’t read camera RAW.',
};

/** Loudness of each track: `Track 1: −23.1 LUFS, −1.0 dBTP`. */
export function loudnessWords({ loudness = [] }: ReadClip['facts']): string {
  const tracks = loudness.map(({ integrated_lufs, true_peak_dbtp }, track) => {
    const words = [decibels(integrated_lufs, 'LUFS'), decibels(true_peak_dbtp, 'dBTP')].flat();
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
  return Object.entries(SUBJECTS).map(([subject, { title, compared, sentence: success }]) => {
    const checks = clip.verification.filter(({ check }) => subjectOf(check) === subject);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    const has = compared === undefined || checks.some(({ check }) => check === compared);
    const sentence = sentenceOf(subject, checks, has ? success : null, clip);
    return { title, passed, checks, sentence };
  });
}

/** Subject of a check; unknown checks of other versions count as picture. */
function subjectOf(check: string): CheckSubject {
  return Object.hasOwn(CHECK_SUBJECTS, check) ? CHECK_SUBJECTS[check as CheckName] : 'picture';
}

/** Parts of names of checks that a report writes in other words; units have a column of their own. */
const CHECK_PARTS: [RegExp, string][] = [
  [/^picture/u, 'frame'],
  [/^sound/u, 'audio'],
  [/^color/u, 'colour'],
  [/s?_off_(ms|levels)$/u, '_difference'],
  [/_seconds$/u, ''],
  [/_/gu, ' '],
];

/** Name of a check for display: `audio start difference`. */
export function checkWords(check: string): string {
  return CHECK_PARTS.reduce((words, [part, written]) => words.replace(part, written), check);
}

const MEASURES: ReadonlyMap<string, string> = new Map([
  ['y', 'Y'],
  ['u', 'U'],
  ['v', 'V'],
  ['from_grey', 'saturation'],
  ['part', 'area'],
  ['mean', 'mean of'],
  ['worst', ''],
  ['pictures', 'frames over the limit'],
]);

/** Name of a figure of a check for display. */
export function measureWords(name: string): string {
  return MEASURES.get(name) ?? name.replaceAll('_', ' ');
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

/** Tolerance to three digits: `± 0.0617`, `levels ± 24.5`, or `track 1 ± 0.1, track 2 ± 0.1`. */
export function toleranceWords(tolerance: NonNullable<VerificationCheck['tolerance']>): string {
  if (typeof tolerance === 'number') return `± ${Number(tolerance.toPrecision(3))}`;
  const limits = Object.entries(tolerance).filter(([, limit]) => limit !== 0);
  const words = limits.map(([name, limit]) => {
    const track = Number(name) + 1;
    const of = track > 0 ? `track ${track}` : measureWords(name);
    return [limits.length > 1 && of, toleranceWords(limit)].filter(Boolean).join(' ');
  });
  return words.join(', ') || 'none';
}

/** @param success sentence if all checks passed; `null` if only the header was compared */
function sentenceOf(
  subject: string,
  checks: readonly VerificationCheck[],
  success: string | null,
  { facts: { audio_channels, compared_size, frames, timecode }, engine }: Ticked,
): string {
  const wrong = checks.filter(({ passed }) => !passed);
  if (wrong.length > 0)
    return `Doesn’t match the source: ${wrong.map(({ check }) => checkWords(check)).join(', ')}.`;
  const why = WHY_NOT_COMPARED[engine];
  if (subject === 'sound' && audio_channels?.length === 0) return 'Source has no audio.';
  if (checks.length === 0)
    return subject === 'timecode' ? 'Source has no timecode.' : `Not compared: ${why}`;
  if (success === null) return `Only the header was compared: ${why}`;
  if (subject === 'picture' && compared_size !== undefined && frames.made !== null)
    return `All ${plural(frames.made, 'frame')} match the source, each compared at ${compared_size.replace('x', ' × ')}.`;
  if (subject === 'timecode' && timecode !== null)
    return `Starts at ${timecode}, same as the source.`;
  if (subject === 'length' && frames.made !== null)
    return `${plural(frames.made, 'frame')}, same length as the source.`;
  return success;
}
