import {
  CHECK_SUBJECTS,
  type CheckName,
  type CheckSubject,
  type ReadClip,
  type VerificationCheck,
} from '@app/jobspec/result';
import { counted, formatDuration } from '../text/quantities.ts';

/** One of the five things that people want to know of a proxy. */
export interface Tick {
  title: string;
  /** `null` where nothing was compared. */
  passed: boolean | null;
  sentence: string;
  checks: VerificationCheck[];
}

const TITLES = {
  picture: 'Picture',
  colour: 'Colour',
  sound: 'Sound and sync',
  timecode: 'Timecode',
  length: 'Length',
} as const satisfies Record<CheckSubject, string>;
type Title = (typeof TITLES)[CheckSubject];

/** Five lines, each with a tick, and the measures behind them. */
export function ticksOf(clip: Pick<ReadClip, 'verification' | 'facts' | 'engine'>): Tick[] {
  return Object.values(TITLES).map((title) => {
    const checks = clip.verification.filter(({ check }) => titleOf(check) === title);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    return { title, passed, checks, sentence: sentenceOf(title, passed, checks, clip) };
  });
}

/** A check of another version says something of the picture. */
function titleOf(check: string): Title {
  const isKnown = Object.hasOwn(CHECK_SUBJECTS, check);
  return TITLES[isKnown ? CHECK_SUBJECTS[check as CheckName] : 'picture'];
}

function sentenceOf(
  title: Title,
  passed: boolean | null,
  checks: readonly VerificationCheck[],
  { facts, engine }: Pick<ReadClip, 'facts' | 'engine'>,
): string {
  const why =
    engine === 'resolve' ? 'FFmpeg can’t read camera RAW.' : 'its result has no such check.';
  if (passed === null)
    return title === 'Timecode' ? 'The source has none.' : `Not compared: ${why}`;
  if (!passed) {
    const wrong = checks
      .filter((check) => !check.passed)
      .map(({ check }) => check.replaceAll('_', ' '));
    return `Differs from the source: ${wrong.join(', ')}.`;
  }
  const has = (name: CheckName) => checks.some(({ check }) => check === name);
  if (title === 'Picture')
    return has('picture_differences')
      ? 'Every picture shows what its source shows.'
      : `Size and format are right. The pictures were not compared: ${why}`;
  if (title === 'Colour')
    return has('colours_off_levels')
      ? 'Colours and levels are those of the source.'
      : 'The colour tags are those of the source.';
  if (title === 'Sound and sync') return audioSentence(has('sound'), facts);
  if (title === 'Timecode')
    return facts.timecode === null
      ? 'As in the source.'
      : `Begins at ${facts.timecode}, as the source.`;
  return lengthSentence(facts);
}

function audioSentence(isHeard: boolean, { audio_channels: tracks }: ReadClip['facts']): string {
  if (tracks?.length === 0) return 'The source has no sound.';
  const all = tracks === null ? 'All tracks' : counted(tracks.length, 'track');
  const [are, sound] = tracks?.length === 1 ? ['is', 'sounds'] : ['are', 'sound'];
  return `${all} ${are} there${isHeard ? `, in sync, and ${sound} like the source` : ''}.`;
}

function lengthSentence({ frames, duration_seconds }: ReadClip['facts']): string {
  const parts = [
    ...(frames.made === null ? [] : [counted(frames.made, 'frame')]),
    ...(duration_seconds === null ? [] : [formatDuration(duration_seconds)]),
  ];
  return parts.length === 0
    ? 'As long as the source.'
    : `${parts.join(', ')}, as long as the source.`;
}
