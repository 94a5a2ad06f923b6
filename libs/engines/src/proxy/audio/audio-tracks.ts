import type { Container } from '@app/jobspec';
import {
  type AudioStream,
  isPcm,
  type MediaInfo,
  sourceContainer,
  type VideoStream,
  streamDuration,
} from '../../media/index.ts';
import { isUnlabelled, planEncoding, trackName } from './audio-encoding.ts';
import { CONTAINER_RULES, writableLanguage } from '../containers/container-rules.ts';
import { frameZero } from '../time/clock.ts';
import type { AudioPlan, Ruling } from '../plan/proxy-plan.ts';

/** Audio codecs that FFmpeg 7.1 knows by name and can't decode. */
const WITHOUT_DECODER = new Set(['4gv', 'ac4', 'celt', 'lc3', 'mpegh_3d_audio', 'smv', 'sonicls']);
const BEFORE_FRAME = 'it ends before the picture begins';
/** Sound before the picture that is more than what codecs need to begin. */
const CUT_SECONDS = 0.1;
/**
 * What stays with its picture within this is left as it is: viewers notice sound that is early from 40 ms on (EBU R37). The blocks of
 * Vorbis jump to and fro where FFmpeg decodes it, and need more room.
 */
const HOLE_SECONDS = { usual: 0.02, uneven: 0.1 };
/** Samples that may be larger than full scale, which whole numbers can't be. */
const FLOATING = /^pcm_f\d/;

/** Every decodable track in the order of the source. The numbers in warnings are those of the source's streams. */
export function planAudio(
  container: Container,
  media: MediaInfo,
  video: VideoStream,
): Ruling<readonly AudioPlan[]> {
  const rulings = media.streams
    .filter((stream): stream is AudioStream => stream.kind === 'audio')
    .map((track) => planTrack(container, media, track, video));
  return {
    value: rulings.flatMap(({ value }) => value ?? []),
    warnings: rulings.flatMap(({ warnings }) => warnings),
  };
}

function planTrack(
  container: Container,
  media: MediaInfo,
  track: AudioStream,
  video: VideoStream,
): Ruling<AudioPlan | null> {
  const reason = inOtherProgram(media, track, video) ?? undecodable(track);
  if (reason) return skipped(track, reason);
  const rule = CONTAINER_RULES[container];
  const encoding = planEncoding(rule.audio, track);
  const language = spokenLanguage(track);
  const written = language === null ? null : writableLanguage(language, container);
  const offset = offsetTo(frameZero(media, video), track);
  const ending = planEnding(container, media, track, video, offset);
  if (ending.isBeforeVideo) return skipped(track, BEFORE_FRAME);
  return {
    value: {
      ...encoding.value,
      streamIndex: track.index,
      channels: track.channels ?? 0,
      clipped: mustBeClipped(track, encoding.value.encoder),
      unlabelled: isUnlabelled(track) && isPcm(encoding.value.encoder),
      language: written,
      dispositions: track.dispositions,
      title: rule.trackTitles ? (track.tags['title'] ?? null) : null,
      offset,
      skipsFirst: track.beginsInside === true,
      fromZero: rule.endsTogether || !isPcm(track.codecName),
      mayChange:
        !isPcm(track.codecName) || sourceContainer(media.formatName).promises.duration === null,
      counted: sourceContainer(media.formatName).clock === 'late',
      unbroken: track.isUnbroken === true,
      holeSeconds: holeSeconds(track),
      cutAt: cutAt(track, ending),
      silentTail: ending.silence,
      grainSeconds: grain(media, track),
      duration: ending.duration,
      sampleExact: !rule.endsTogether && isPcm(track.codecName) && isPcm(encoding.value.encoder),
    },
    warnings: [
      ...encoding.warnings,
      ...audioWarnings(track, offset),
      ...(language !== null && written === null
        ? [`${trackName(track)} loses its language, ${language}: ${container} can't hold it.`]
        : []),
      ...ending.warnings,
    ],
  };
}

/** Coded sound ends with its last block. Where all tracks end together, that is cut with the picture. */
function cutAt({ codecName, endsCut }: AudioStream, { duration, silence }: AudioEnding) {
  return endsCut && isPcm(codecName) && silence === 0 ? duration : null;
}

function skipped(track: AudioStream, reason: string): Ruling<null> {
  return { value: null, warnings: [`${trackName(track)} is skipped: ${reason}.`] };
}

function audioWarnings(track: AudioStream, offset: number): string[] {
  const name = trackName(track);
  return [
    ...(offset < -CUT_SECONDS
      ? [`${name} begins ${(-offset).toFixed(3)} s before the picture: this is cut.`]
      : []),
    ...(track.beginsInside
      ? [
          `${name} begins inside a block, as recordings off air do: what is there of it can’t be decoded and is left out.`,
        ]
      : []),
    ...(isFloating(track)
      ? [`${name} is floating point: whatever is above full scale is clipped.`]
      : []),
  ];
}

/**
 * FFmpeg's AAC encoder distorts what is louder than full scale, as decoders of coded sound give it where the sound was at it; other
 * encoders and formats clip it themselves.
 */
function mustBeClipped(track: AudioStream, encoder: string): boolean {
  return encoder === 'aac' && (isFloating(track) || !isPcm(track.codecName));
}

function isFloating({ codecName }: AudioStream): boolean {
  return FLOATING.test(codecName ?? '');
}

function undecodable(track: AudioStream): string | null {
  if (track.codecName === null) return `FFmpeg doesn't know its codec (${track.codecTag})`;
  if (WITHOUT_DECODER.has(track.codecName)) return `FFmpeg can't decode ${track.codecName}`;
  if (track.hasPackets === false) return 'the source names it, and has no packet of it';
  if (!track.channels || !track.sampleRate) return 'it declares no channels or no sample rate';
  return null;
}

/** A transport stream may carry several programs, each a picture with its sound. */
function inOtherProgram(
  { programs }: MediaInfo,
  track: AudioStream,
  video: VideoStream,
): string | null {
  const own = programs.filter((program) => program.includes(track.index));
  const isWithVideo = own.length === 0 || own.some((program) => program.includes(video.index));
  const hasVideo = programs.some((program) => program.includes(video.index));
  return isWithVideo || !hasVideo ? null : 'it belongs to another program than the picture';
}

function spokenLanguage(track: AudioStream): string | null {
  const language = track.tags['language'] ?? null;
  return language === 'und' || language === '' ? null : language;
}

function offsetTo(zero: number, track: AudioStream): number {
  const offset = (track.startSeconds ?? 0) - zero;
  return Math.abs(offset) < TOGETHER_SECONDS ? 0 : offset;
}

function holeSeconds({ codecName }: AudioStream): number {
  return codecName === 'vorbis' ? HOLE_SECONDS.uneven : HOLE_SECONDS.usual;
}

/** Samples that AAC codes at a time; with its longest blocks they are twice as many. */
const LONGEST_BLOCK = 2048;

function grain(
  { formatName }: MediaInfo,
  { codecName, sampleRate, tickSeconds }: AudioStream,
): number {
  const block = isPcm(codecName) || !sampleRate ? 0 : LONGEST_BLOCK / sampleRate;
  // An index counts samples; in other containers blocks have times of their own.
  const hole = !sourceContainer(formatName).promises.index ? HOLE_SECONDS.usual : 0;
  return Math.max(block, tickSeconds ?? 0, hole);
}

/** What begins or ends within a millisecond of the picture is together with it: clocks of containers are no finer. */
export const TOGETHER_SECONDS = 0.001;
/**
 * More silence than a reader's guess of a length is wrong by, and than a header that leaves out the last picture, or a picture
 * that becomes longer when it gets a rate; what isn't needed is cut with the picture.
 */
const SPARE_SECONDS = { ofGuess: 1, usual: 0.1 };
/** From here on a difference of guessed lengths is one. */
const KNOWN_SECONDS = 0.5;

/** How a track ends. */
export interface AudioEnding {
  isBeforeVideo: boolean;
  /** Seconds of silence to add. */
  silence: number;
  /** Seconds from the first picture on; `null` where only a reader guesses them: they are measured afterwards, by packets. */
  duration: number | null;
  warnings: readonly string[];
}

/**
 * Where a container ends every track with the shortest, as MXF does, a longer track is cut with the picture, and a shorter one
 * filled with silence. What is added follows from what the source declares, so lost sound is still missed, where it is more
 * than what is spared.
 *
 * @param offset of the track's first sample, in seconds after the first picture.
 */
export function planEnding(
  container: Container,
  { formatName }: MediaInfo,
  track: AudioStream,
  video: VideoStream,
  offset: number,
): AudioEnding {
  const { endsTogether } = CONTAINER_RULES[container];
  const [length, videoSeconds] = [streamDuration(track), streamDuration(video)];
  const end = length === null ? null : Math.max(0, length + offset);
  const isGuessed = end === null || sourceContainer(formatName).promises.duration === null;
  const duration = isGuessed ? null : end;
  if (!endsTogether) return { isBeforeVideo: duration === 0, silence: 0, duration, warnings: [] };
  const change = end === null || videoSeconds === null ? 0 : exactly(videoSeconds - end);
  const spare = isGuessed || videoSeconds === null ? SPARE_SECONDS.ofGuess : SPARE_SECONDS.usual;
  return {
    isBeforeVideo: false,
    silence: Math.max(0, change) + spare,
    duration: duration === null ? null : duration + change,
    warnings: change === 0 ? [] : [endingWarning(container, track, change, isGuessed)],
  };
}

function exactly(change: number): number {
  return Math.abs(change) < TOGETHER_SECONDS ? 0 : change;
}

/** A reader's guess is wrong by tenths of a second: it is told as one, and small differences without a number. */
function endingWarning(
  container: Container,
  track: AudioStream,
  change: number,
  isGuessed: boolean,
): string {
  const name = trackName(track);
  const holder = container.toUpperCase();
  const length = Math.abs(change);
  if (isGuessed && length < KNOWN_SECONDS)
    return `${name} ends with the picture, cut or filled with silence: in ${holder} all tracks end together.`;
  const seconds = isGuessed ? `about ${length.toFixed(1)}` : length.toFixed(3);
  return change < 0
    ? `${name} is cut by ${seconds} s at the end of the picture: ${holder} holds no sound beyond it.`
    : `${name} is filled with ${seconds} s of silence up to the end of the picture: in ${holder} all tracks end together.`;
}
