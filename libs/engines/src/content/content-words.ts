import type { ContentCheck, DifferenceCause } from '@app/jobspec';
import { colourWords, type ColoursOff } from './frames/colours.ts';
import type { FramePlace } from './measure/place.ts';

type Located = FramePlace & { pictures: number };

/** Words for the part of a frame that differs most, which results of older runners don't name. */
const PARTS = {
  frame: '',
  row: ' in some lines',
  tile: ' in one part',
  colour: ' in colour',
} as const;
type Differences = Located & { part?: keyof typeof PARTS };

const SHOWN = {
  before: 'the picture of the frame before it',
  after: 'the picture of the frame after it',
  exchanged: 'its own picture with the fields swapped',
} as const;

/** Failure cause of each check. */
export const CONTENT_CAUSES: Readonly<Record<ContentCheck, DifferenceCause>> = {
  decodes: 'output_undecodable',
  pictures_compared: 'proxy_short',
  picture_differences: 'picture_differs',
  pictures_out_of_place: 'picture_differs',
  colours_off_levels: 'picture_differs',
  look_off_levels: 'picture_differs',
  alpha_off_levels: 'picture_differs',
  sound_start_off_ms: 'sound_differs',
  sound: 'sound_differs',
};

/** Explanations of failed checks of the content, as clauses about the proxy. */
export const CONTENT_WORDS: Readonly<
  Record<ContentCheck, (expected: never, actual: never) => string>
> = {
  decodes: (_, reason: string) => `it can’t be decoded: ${reason}`,
  pictures_compared: (expected: number, actual: number) =>
    `it has ${actual} of the ${expected} frames of its source`,
  picture_differences: (_, { pictures, part = 'frame', ...place }: Differences) =>
    `${pictures === 1 ? '1 frame differs' : `${pictures} frames differ`} from the source${PARTS[part]}, most at ${placeWords(place)}`,
  pictures_out_of_place: (
    _,
    { pictures, shows, ...place }: Located & { shows?: keyof typeof SHOWN },
  ) => {
    const shown = shows && SHOWN[shows];
    if (pictures === 1)
      return `${placeWords(place)} ${shown ? `shows ${shown}` : 'doesn’t show its own picture'}`;
    return `${pictures} frames don’t show their own picture, from ${placeWords(place)} on${shown ? `: the first shows ${shown}` : ''}`;
  },
  colours_off_levels: (_, { worst }: { worst: ColoursOff }) => {
    const where = worst.frame === undefined ? 'throughout' : `from ${placeWords(worst)} on`;
    return `its colours differ from the source ${where}: ${colourWords(worst)}`;
  },
  look_off_levels: (_, levels: number | null) =>
    levels === null
      ? 'nothing shows that its look was applied'
      : `its look is not the one that was asked for: colours are off by ${levels} levels`,
  alpha_off_levels: (_, { levels, ...place }: FramePlace & { levels: number }) =>
    `its alpha is off by ${levels} levels at ${placeWords(place)}`,
  sound_start_off_ms: (_, tracks: readonly (number | null)[]) => {
    const late = tracks.flatMap((milliseconds, n) =>
      milliseconds ? [`that of audio track ${n + 1} is ${shownDelay(milliseconds)}`] : [],
    );
    return `its sound doesn’t start where the source’s does: ${late.join(', ')}`;
  },
  sound: (_, tracks: readonly (string | object | (FramePlace & { fault: string }))[]) => {
    const faults = tracks.flatMap((track, n) =>
      typeof track === 'string' || !('fault' in track)
        ? []
        : [`in audio track ${n + 1} ${track.fault} at ${placeWords(track)}`],
    );
    return `its sound differs from the source: ${faults.join(', ')}`;
  },
};

function shownDelay(milliseconds: number): string {
  return `${Math.abs(milliseconds)} ms ${milliseconds < 0 ? 'early' : 'late'}`;
}

function placeWords({ frame, timecode }: FramePlace): string {
  return timecode === null ? `frame ${frame}` : `frame ${frame} (${timecode})`;
}
