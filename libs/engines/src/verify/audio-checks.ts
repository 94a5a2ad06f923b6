import type { HeaderCheck } from '@app/jobspec';
import {
  type AudioStream,
  isPlayed,
  isSameLanguage,
  primaryVideo,
  rationalToNumber,
  streamDuration,
} from '../media/index.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import { frameZero } from '../proxy/time/clock.ts';
import type { AudioPlan, AudioEncoder } from '../proxy/plan/proxy-plan.ts';
import {
  check,
  differs,
  shown,
  within,
  type Check,
  roundedSeconds,
  type OutputFacts,
  type ProxyExpectation,
} from './check.ts';
import { TOLERANCES } from './tolerances.ts';

const AT_LEAST_ONE = 'at least 1';
/** Codec names as ffprobe reports them. */
const CODEC_NAMES: Record<AudioEncoder, string> = {
  aac: 'aac',
  libopus: 'opus',
  pcm_s16le: 'pcm_s16le',
  pcm_s24le: 'pcm_s24le',
};

/** Checks of audio; lists have one entry per track, in order. */
export const AUDIO_CHECKS: readonly Check[] = [
  check<number | string>({
    name: 'audio_tracks',
    says: differs('number of audio tracks'),
    expected: ({ audio }) => (audio === 'any' ? AT_LEAST_ONE : audio.length),
    actual: ({ tracks }) => tracks.length,
    agrees: (expected, actual) =>
      expected === AT_LEAST_ONE ? actual !== null && actual !== 0 : actual === expected,
  }),
  perTrack(
    'audio_codecs',
    'codec',
    ({ encoder }) => CODEC_NAMES[encoder],
    (track) => track.codecName,
  ),
  perTrack(
    'audio_channels',
    'number of channels',
    ({ channels }) => channels,
    (track) => track.channels,
  ),
  perTrack(
    'audio_sample_rates',
    'sample rate',
    ({ sampleRate }) => sampleRate,
    (track) => track.sampleRate,
  ),
  perTrack(
    'audio_languages',
    'language',
    ({ language }) => language,
    (track) => track.tags['language'] ?? null,
    (expected, actual) =>
      expected === null || (actual !== null && isSameLanguage(expected, actual)),
  ),
  perTrack(
    'audio_enabled',
    'enabled flag',
    (track, _, { container }) => CONTAINER_RULES[container].marksPlayed === true && isPlayed(track),
    isPlayed,
  ),
  perTrack(
    'audio_durations_seconds',
    'length in seconds',
    (track, facts, plan) => roundedSeconds(wantedSeconds(track, facts, plan)),
    (track) => roundedSeconds(streamDuration(track)),
    (expected, actual, { sampleExact, grainSeconds }) =>
      expected === null ||
      within(secondsOff(expected, sampleExact, grainSeconds), expected, actual),
    {
      tolerance: ({ audio }, _, expected) =>
        Object.fromEntries(
          (audio === 'any' ? [] : audio).map(({ sampleExact, grainSeconds }, n) => [
            n,
            secondsOff(expected[n] ?? 0, sampleExact, grainSeconds),
          ]),
        ),
      blames: (expected, actual) => (isLonger(expected, actual) ? 'source_uneven' : 'source_short'),
      remedy: () =>
        'A track is longer than its times leave room for: if the clip was joined from recordings, make proxies of those.',
    },
  ),
  check<number>({
    name: 'sound_duration_seconds',
    says: (expected, actual) => `its sound lasts ${shown(actual)} s, the picture ${expected} s`,
    expected: ({ audio, declared }) =>
      audio === 'any' ? (roundedSeconds(declared.seconds) ?? undefined) : undefined,
    actual: ({ tracks }) =>
      tracks.length === 0
        ? null
        : roundedSeconds(Math.min(...tracks.map((track) => streamDuration(track) ?? 0))),
    tolerance: (_plan, _facts, expected) => secondsOff(expected, false, 0),
  }),
  check<number>({
    name: 'encoded_frames',
    says: (expected, actual) => `it has ${shown(actual)} frames of ${expected} that were encoded`,
    blames: () => 'proxy_short',
    expected: (plan, { counts }) => (endsTogether(plan) ? counts.frameTimes?.length : undefined),
    actual: ({ frames }) => frames,
  }),
];

/** True if the container drops video beyond the shortest track. */
function endsTogether({ container }: ProxyExpectation): boolean {
  return CONTAINER_RULES[container].endsTogether;
}

function isLonger(expected: (number | null)[], actual: (number | null)[] | null): boolean {
  return expected.some((seconds, n) => seconds !== null && (actual?.[n] ?? 0) > seconds);
}

function perTrack<T>(
  name: HeaderCheck,
  fact: string,
  expected: (track: AudioPlan, facts: OutputFacts, plan: ProxyExpectation) => T,
  actual: (track: AudioStream) => T | null,
  agrees: (expected: T, actual: T | null, track: AudioPlan) => boolean = (a, b) => a === b,
  more: Pick<Parameters<typeof check<(T | null)[]>>[0], 'blames' | 'remedy' | 'tolerance'> = {},
): Check {
  return check<(T | null)[]>({
    name,
    says: differs(`audio tracks' ${fact}`),
    ...more,
    expected: (plan: ProxyExpectation, facts) =>
      plan.audio === 'any' || plan.audio.length === 0
        ? undefined
        : plan.audio.map((track) => expected(track, facts, plan)),
    actual: ({ tracks }) => tracks.map(actual),
    agrees: (wanted, found, { audio }) =>
      found !== null &&
      found.length === wanted.length &&
      audio !== 'any' &&
      audio.every((track, position) =>
        agrees(wanted[position] as T, found[position] ?? null, track),
      ),
  });
}

/**
 * Expected length of a track in seconds: that of the video if the container ends all tracks together, else the longer of what its
 * header and its packets give.
 */
function wantedSeconds(
  { duration, streamIndex, countsSamples }: AudioPlan,
  facts: OutputFacts,
  plan: ProxyExpectation,
): number | null {
  const { declared } = plan;
  if (endsTogether(plan)) return videoSeconds(facts, plan);
  const measured = countsSamples ? null : measuredAudio(streamIndex, facts);
  const track = facts.counts.source?.streams.find(({ index }) => index === streamIndex);
  const isMadeUp = declared.guarantees.count === 'frames' && track?.declaredFrames == null;
  if (duration === null || measured === null) return duration ?? measured;
  // For a fragmented file, FFmpeg reports the length of the video.
  return isMadeUp ? measured : Math.max(duration, measured);
}

/** Seconds of encoded video; a container that ends with its shortest track drops video beyond the audio. */
function videoSeconds({ counts, video }: OutputFacts, { video: planned }: ProxyExpectation) {
  const frames = counts.frameTimes?.length;
  return frames === undefined
    ? video && streamDuration(video)
    : frames / rationalToNumber(planned.timing.rate);
}

/** Seconds from the first video frame to the end of a track, by the packets of its source. */
function measuredAudio(streamIndex: number, { counts: { source } }: OutputFacts): number | null {
  const track = source?.streams.find(({ index }) => index === streamIndex);
  const video = source && primaryVideo(source);
  const end = track?.packets?.end;
  if (!video || end == null || !track?.tickSeconds) return null;
  return end * track.tickSeconds - frameZero(source, video);
}

/** Seconds by which a track may be longer or shorter. */
function secondsOff(expected: number, sampleExact: boolean, grainSeconds: number): number {
  const { audioSeconds, sampleExactSeconds, audioShare } = TOLERANCES;
  const block = Math.max(sampleExact ? sampleExactSeconds : audioSeconds, grainSeconds);
  return block + expected * audioShare;
}
