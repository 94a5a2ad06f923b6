import type { Container } from '@app/jobspec';
import {
  type AudioStream,
  isPcm,
  isPlayed,
  type MediaInfo,
  PLAYED,
  sourceContainer,
  type VideoStream,
  streamDuration,
} from '../../media/index.ts';
import { ENCODINGS, isUnlabelled, trackName } from './audio-encoding.ts';
import { CONTAINER_RULES, writableLanguage } from '../containers/container-rules.ts';
import { frameZero } from '../time/clock.ts';
import type { AudioPlan, Ruling } from '../plan/proxy-plan.ts';

/** Audio codecs that FFmpeg 7.1 knows by name and can't decode. */
const WITHOUT_DECODER = new Set(['4gv', 'ac4', 'celt', 'lc3', 'mpegh_3d_audio', 'smv', 'sonicls']);
const BEFORE_FRAME = 'it ends before the picture begins';
/** Lead of audio, in seconds, beyond what codecs need to start. */
const CUT_SECONDS = 0.1;
/**
 * Largest offset in seconds that isn't corrected: viewers notice early audio from 40 ms on (EBU R37). Vorbis needs more, because
 * FFmpeg decodes it into blocks that are early and late by turns.
 */
const HOLE_SECONDS = { usual: 0.02, uneven: 0.1 };
/** Codecs whose samples may exceed full scale, which integers can't. */
const FLOATING = /^pcm_f\d/;

/**
 * Plans every decodable track, in source order. Warnings name tracks by their stream index. If no track is marked as one to play,
 * its container has no such mark, and all are played: MOV and MP4 would enable the first one alone.
 */
export function planAudio(
  container: Container,
  media: MediaInfo,
  video: VideoStream,
): Ruling<readonly AudioPlan[]> {
  const rulings = media.streams
    .filter((stream): stream is AudioStream => stream.kind === 'audio')
    .map((track) => planTrack(container, media, track, video));
  const tracks = rulings.flatMap(({ value }) => value ?? []);
  const areMarked = tracks.some(isPlayed);
  return {
    value: areMarked ? tracks : tracks.map(played),
    warnings: rulings.flatMap(({ warnings }) => warnings),
  };
}

function played(track: AudioPlan): AudioPlan {
  return { ...track, dispositions: [PLAYED, ...track.dispositions] };
}

function planTrack(
  container: Container,
  media: MediaInfo,
  track: AudioStream,
  video: VideoStream,
): Ruling<AudioPlan | null> {
  const reason = inOtherProgram(media, track, video) ?? undecodable(track);
  if (reason) return skippedTrack(track, reason);
  const rule = CONTAINER_RULES[container];
  const encoding = ENCODINGS[rule.audio](track);
  const language = spokenLanguage(track);
  const written = language === null ? null : writableLanguage(language, container);
  const offset = offsetTo(frameZero(media, video), track);
  const ending = planEnding(container, media, track, video, offset);
  if (ending.isBeforeVideo) return skippedTrack(track, BEFORE_FRAME);
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
      dropsFirstPacket: track.startsInsideBlock === true,
      fromZero: rule.endsTogether || !isPcm(track.codecName),
      mayChangeFormat:
        !isPcm(track.codecName) || sourceContainer(media.formatName).guarantees.duration === null,
      countsSamples: sourceContainer(media.formatName).clock === 'late',
      contiguous: track.isContiguous === true,
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

/** Cut point of a track that ends before its media. Where all tracks end together, the video cuts them. */
function cutAt({ endsEarly }: AudioStream, { duration, silence }: AudioEnding) {
  return endsEarly && silence === 0 ? duration : null;
}

function skippedTrack(track: AudioStream, reason: string): Ruling<null> {
  return { value: null, warnings: [`${trackName(track)} is skipped: ${reason}.`] };
}

function audioWarnings(track: AudioStream, offset: number): string[] {
  const name = trackName(track);
  return [
    ...(offset < -CUT_SECONDS
      ? [`${name} begins ${(-offset).toFixed(3)} s before the picture: this is cut.`]
      : []),
    ...(track.startsInsideBlock
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
 * True if samples above full scale must be clipped before FFmpeg's AAC encoder, which distorts them. Decoders of lossy audio give
 * such samples where the original was at full scale. Other encoders and formats clip them.
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

/** Reason to skip a track of another program: a transport stream may carry several, each with video and audio. */
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

/** Samples of AAC's longest block; usual ones have half as many. */
const LONGEST_BLOCK = 2048;

function grain(
  { formatName, whole }: MediaInfo,
  { codecName, sampleRate, tickSeconds }: AudioStream,
): number {
  const block = isPcm(codecName) || !sampleRate ? 0 : LONGEST_BLOCK / sampleRate;
  // An index counts samples exactly; in other containers each block has its own PTS.
  const hole = !sourceContainer(formatName).guarantees.index ? HOLE_SECONDS.usual : 0;
  return Math.max(block, tickSeconds ?? 0, hole) + (whole?.secondsLess ?? 0);
}

/** Offset in seconds within which tracks begin or end together: clocks of containers are no finer. */
export const TOGETHER_SECONDS = 0.001;
/**
 * Spare silence in seconds: `ofGuess` exceeds the error of a demuxer's guess, and `usual` that of a header that leaves out the
 * last frame, or of a last frame that becomes longer at a constant rate. The excess is cut with the video.
 */
const SPARE_SECONDS = { ofGuess: 1, usual: 0.1 };
/** Smallest difference in seconds between guessed lengths that a warning gives as a number. */
const KNOWN_SECONDS = 0.5;

/** End of a track. */
export interface AudioEnding {
  isBeforeVideo: boolean;
  /** Seconds of silence to append. */
  silence: number;
  /** Seconds from the first frame on; `null` if a demuxer only guesses them, and packets are measured afterwards. */
  duration: number | null;
  warnings: readonly string[];
}

/**
 * Plans the end of a track. Where a container ends all tracks together, as MXF does, a longer track is cut with the video, and a
 * shorter one filled with silence. The fill follows from declared lengths, so lost audio beyond the spare silence is still noticed.
 *
 * @param offset of the track's first sample, in seconds after the first frame.
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
  const isGuessed = end === null || sourceContainer(formatName).guarantees.duration === null;
  const duration = isGuessed ? null : end;
  if (!endsTogether) return { isBeforeVideo: duration === 0, silence: 0, duration, warnings: [] };
  const change = end === null || videoSeconds === null ? 0 : significant(videoSeconds - end);
  const spare = isGuessed || videoSeconds === null ? SPARE_SECONDS.ofGuess : SPARE_SECONDS.usual;
  return {
    isBeforeVideo: false,
    silence: Math.max(0, change) + spare,
    duration: duration === null ? null : duration + change,
    warnings: change === 0 ? [] : [endingWarning(container, track, change, isGuessed)],
  };
}

function significant(change: number): number {
  return Math.abs(change) < TOGETHER_SECONDS ? 0 : change;
}

/**
 * A warning on a cut or a fill. A guessed length may be wrong by tenths of a second: it is called approximate, and a small one
 * isn't given as a number.
 */
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
