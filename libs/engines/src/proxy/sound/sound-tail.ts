import type { Container } from '@app/jobspec';
import {
  type AudioStream,
  type MediaInfo,
  sourceContainer,
  sourceRate,
  streamDuration,
  type VideoStream,
} from '../../media/index.ts';
import { trackName } from './audio-encoding.ts';

/** A length within a millisecond of the picture's is that: clocks of containers are no finer. */
const TOGETHER_SECONDS = 0.001;
/**
 * More silence than a reader's guess of a length is wrong by, and than a picture becomes longer when it gets a rate; what isn't
 * needed is cut with the picture.
 */
const SPARE_SECONDS = { ofGuess: 1, ofRate: 0.1 };

/** A difference of guessed lengths that is one. */
const KNOWN_SECONDS = 0.5;

/** Whether a length that matters isn't declared: a reader guesses it, or nobody knows it. */
export function isGuessed({ formatName }: MediaInfo, ...lengths: (number | null)[]): boolean {
  return sourceContainer(formatName).declares === 'nothing' || lengths.includes(null);
}

/** How a track ends, where it must end with the picture. */
export interface Tail {
  /** Seconds of silence to add. */
  silence: number;
  /** Seconds by which the track becomes longer or shorter. */
  change: number;
}

export const AS_LONG_AS_IT_IS: Tail = { silence: 0, change: 0 };

/**
 * A container that ends every track with the shortest, as MXF does: a longer track is cut with the picture, a shorter one filled with silence, in
 * seconds. What is added follows from what the source declares, so sound that gets lost is still missed.
 *
 * @param end of the track, in seconds after the first picture.
 * @param guessed whether that or the picture's length isn't declared.
 */
export function fitToPicture(video: VideoStream, end: number | null, guessed: boolean): Tail {
  const picture = streamDuration(video);
  if (end === null || picture === null) return { silence: SPARE_SECONDS.ofGuess, change: 0 };
  const change = picture - end;
  const ofRate = sourceRate(video)?.variable ? SPARE_SECONDS.ofRate : 0;
  const spare = guessed ? SPARE_SECONDS.ofGuess : ofRate;
  const rounded = Math.abs(change) < TOGETHER_SECONDS ? 0 : change;
  return { silence: Math.max(0, rounded) + spare, change: rounded };
}

/** A reader's guess is wrong by tenths of a second: it is told as one, and small differences without a number. */
export function tailWarnings(
  container: Container,
  track: AudioStream,
  change: number,
  guessed: boolean,
): string[] {
  if (change === 0) return [];
  const name = trackName(track);
  const holder = container.toUpperCase();
  if (guessed && Math.abs(change) < KNOWN_SECONDS)
    return [
      `${name} ends with the picture, cut or filled with silence: in ${holder} all tracks end together.`,
    ];
  const length = Math.abs(change);
  const seconds = guessed ? `about ${length.toFixed(1)}` : length.toFixed(3);
  return [
    change < 0
      ? `${name} is cut by ${seconds} s at the end of the picture: ${holder} holds no sound beyond it.`
      : `${name} is filled with ${seconds} s of silence up to the end of the picture: in ${holder} all tracks end together.`,
  ];
}
