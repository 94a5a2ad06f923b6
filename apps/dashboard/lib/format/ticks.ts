import type { ReadClip, VerificationCheck } from '@app/jobspec/result';
import { counted, formatDuration } from '../text/quantities.ts';

/** One of the five things that people want to know of a proxy. */
export interface Tick {
  title: string;
  /** `null` where nothing was compared. */
  passed: boolean | null;
  sentence: string;
  checks: VerificationCheck[];
}

/** Which checks belong to which line: the first that holds. What is left says something of the picture. */
const LINES = [
  { title: 'Colour', of: /colou?r|hdr|alpha/u },
  { title: 'Sound and sync', of: /sound|audio|frame_times|clock/u },
  { title: 'Timecode', of: /timecode|reel/u },
  {
    title: 'Length',
    of: /frame_count|duration|counted_frames|encoded_frames|unbroken|frame_rate|start_seconds/u,
  },
  { title: 'Picture', of: /./u },
] as const;
type Title = (typeof LINES)[number]['title'];
const ORDER: readonly Title[] = ['Picture', 'Colour', 'Sound and sync', 'Timecode', 'Length'];

/** Five lines, each with a tick, and the measures behind them. */
export function ticksOf({ verification, facts }: Pick<ReadClip, 'verification' | 'facts'>): Tick[] {
  return ORDER.map((title) => {
    const checks = verification.filter(({ check }) => titleOf(check) === title);
    const passed = checks.length === 0 ? null : checks.every((one) => one.passed);
    return { title, passed, checks, sentence: sentenceOf(title, passed, checks, facts) };
  });
}

function titleOf(check: string): Title {
  return LINES.find(({ of }) => of.test(check))?.title ?? 'Picture';
}

function sentenceOf(
  title: Title,
  passed: boolean | null,
  checks: readonly VerificationCheck[],
  facts: ReadClip['facts'],
): string {
  if (passed === null) return title === 'Timecode' ? 'The source has none.' : 'Not compared.';
  if (!passed) {
    const wrong = checks
      .filter((check) => !check.passed)
      .map(({ check }) => check.replaceAll('_', ' '));
    return `Differs from the source: ${wrong.join(', ')}.`;
  }
  const has = (name: string) => checks.some(({ check }) => check === name);
  if (title === 'Picture')
    return has('picture_differences')
      ? 'Every picture shows what its source shows.'
      : 'Size and format are right. The pictures were not compared.';
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

function audioSentence(isHeard: boolean, { audio_channels }: ReadClip['facts']): string {
  if (audio_channels?.length === 0) return 'The source has no sound.';
  const tracks =
    audio_channels === null ? 'All tracks are' : counted(audio_channels.length, 'track');
  const are = audio_channels === null ? '' : audio_channels.length === 1 ? ' is' : ' are';
  return isHeard
    ? `${tracks}${are} there, in sync, and sound like the source.`
    : `${tracks}${are} there.`;
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
