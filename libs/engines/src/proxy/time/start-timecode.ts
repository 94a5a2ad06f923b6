import {
  formatTimecode,
  fps,
  type MediaInfo,
  nominalRate,
  parseTimecode,
  positiveRational,
  type Rational,
  rationalToNumber,
  sameRational,
  startTimecodes,
  type Timecode,
  type VideoStream,
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { PlanViolation, Ruling, TimingPlan, ProxyRequest } from '../plan/proxy-plan.ts';
import type { Container } from '@app/jobspec';

/**
 * Plans the start timecode. At a changed rate the clock time stays and the frame number is scaled, rounded down. A timecode that
 * can't exist at its rate is left out with a warning.
 */
export function planTimecode(
  media: MediaInfo,
  video: VideoStream,
  timing: TimingPlan,
): Ruling<string | null> {
  const [text, ...others] = startTimecodes(media, video);
  if (text === undefined) return { value: null, warnings: [] };
  const warnings = others.map(
    (other) => `The source has a second start timecode, ${other}; ${text} is used.`,
  );
  if ((media.timecodeParts ?? 1) > 1) warnings.push(IN_PARTS);
  const timecode = parseTimecode(text);
  const sourceRate = countRate(media, text, timing.sourceRate);
  const impossible = timecode
    ? (tooSlow(timing.rate) ?? obstacle(timecode, sourceRate))
    : 'it is not a timecode';
  if (!timecode || impossible) {
    return {
      value: null,
      warnings: [...warnings, `Start timecode ${text} is lost: ${impossible}.`],
    };
  }
  const { value, warnings: changes } = atRate(timecode, { sourceRate, rate: timing.rate });
  return { value: formatTimecode(value), warnings: [...warnings, ...changes] };
}

/** Violation for a timecode that the container can't count; FFmpeg would report it only after the whole encode. */
export function tooFastForTimecode(
  { container, explicitFps }: ProxyRequest,
  timecode: string | null,
  { rate }: TimingPlan,
): PlanViolation | null {
  const { timecodeBase } = CONTAINER_RULES[container];
  if (timecode === null || timecodeBase === undefined || nominalRate(rate) <= timecodeBase)
    return null;
  return {
    path: explicitFps === null ? 'container' : 'fps_explicit',
    message: `${container.toUpperCase()} can't count a timecode at ${fps(rate)} frames per second, ${timecodeBase} at most. Take another container, or set fps_explicit to at most ${timecodeBase}.`,
  };
}

const IN_PARTS =
  'The timecode of the source has several parts, between which it may jump: the proxy counts on from its start.';

/**
 * Rate at which a start timecode counts: that of the frames, or that of its track if frames come at a multiple of it. A broadcast
 * recorder may count 25 per second in a clip of 50 frames per second.
 */
function countRate(media: MediaInfo, text: string, frames: Rational): Rational {
  const rates = media.streams.flatMap((stream) =>
    'countRate' in stream && stream.tags['timecode'] === text
      ? (positiveRational(stream.countRate) ?? [])
      : [],
  );
  const { denominator } = frames;
  if (media.timecodeBase)
    rates.push({ numerator: media.timecodeBase * (denominator === 1001 ? 1000 : 1), denominator });
  const times = (rate: Rational) => nominalRate(frames) / nominalRate(rate);
  return rates.find((rate) => times(rate) >= 2 && Number.isInteger(times(rate))) ?? frames;
}

/**
 * Reason why a proxy below ten frames per second has no timecode: FFmpeg would write its frame number with one digit, which no
 * reader accepts.
 */
function tooSlow(rate: Rational): string | null {
  if (nominalRate(rate) >= 10) return null;
  return `timecode needs at least 10 frames per second, the proxy has ${fps(rate)}`;
}

function obstacle(timecode: Timecode, rate: Rational): string | null {
  const { hours, minutes, seconds, frames, dropFrame } = timecode;
  const base = nominalRate(rate);
  if (dropFrame && !isDropFrameRate(rate)) {
    return `drop-frame doesn't exist at ${fps(rate)} frames per second`;
  }
  if (hours > 23 || minutes > 59 || seconds > 59) return 'a day ends at 23:59:59';
  if (frames >= base) return `a second has ${base} frames at ${fps(rate)} per second`;
  if (dropFrame && seconds === 0 && minutes % 10 !== 0 && frames < base / 15) {
    return 'drop-frame counting skips this number';
  }
  return null;
}

function atRate(
  timecode: Timecode,
  { sourceRate, rate }: Pick<TimingPlan, 'sourceRate' | 'rate'>,
): Ruling<Timecode> {
  if (sameRational(sourceRate, rate)) return { value: timecode, warnings: [] };
  const dropFrame = timecode.dropFrame && isDropFrameRate(rate);
  const frames = Math.floor((timecode.frames * nominalRate(rate)) / nominalRate(sourceRate));
  const value = { ...timecode, frames, dropFrame };
  if (obstacle(value, rate)) value.frames = nominalRate(rate) / 15;
  return {
    value,
    warnings: [
      `The start timecode is ${formatTimecode(value)} at ${fps(rate)} frames per second, for ${formatTimecode(timecode)} of the source.`,
    ],
  };
}

/** Drop-frame exists for multiples of 30000/1001. */
function isDropFrameRate(rate: Rational): boolean {
  const multiple = rationalToNumber(rate) / (30000 / 1001);
  return rate.denominator === 1001 && Number.isInteger(Math.round(multiple * 1e6) / 1e6);
}

/** Tape or camera roll of a source; `null` for none. */
export function sourceReel(media: MediaInfo, video: VideoStream): string | null {
  const tracks = media.streams.filter((stream) => stream.kind === 'data');
  return [video, ...tracks, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null;
}

/** Plans the tape or camera roll that an editor relinks by; see `reelName` of the container's rule. */
export function planReelName(
  media: MediaInfo,
  video: VideoStream,
  container: Container,
  timecode: string | null,
): Ruling<string | null> {
  const reel = sourceReel(media, video);
  if (reel === null) return { value: null, warnings: [] };
  const place = CONTAINER_RULES[container].reelName;
  if ('missing' in place) return lost(reel, place.missing);
  if (place.besideTimecode && timecode === null) {
    return lost(reel, `${container.toUpperCase()} keeps it beside a timecode, and there is none`);
  }
  return { value: reel, warnings: [] };
}

function lost(reel: string, reason: string): Ruling<null> {
  return { value: null, warnings: [`Reel name ${reel} is lost: ${reason}.`] };
}
