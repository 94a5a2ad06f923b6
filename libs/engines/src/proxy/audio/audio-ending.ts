import type { Container } from '@app/jobspec';
import {
  type AudioStream,
  type MediaInfo,
  sourceContainer,
  streamDuration,
  type VideoStream,
} from '../../media/index.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import { trackName } from './audio-encoding.ts';

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
