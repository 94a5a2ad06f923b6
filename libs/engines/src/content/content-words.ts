import type { ContentCheck, DifferenceCause } from '@app/jobspec';
import { DETAIL, firstBeyond, type DetailName, type DetailNumbers } from './frames/detail-words.ts';
import type { FramePlace } from './measure/place.ts';

type Located = FramePlace & { pictures: number };

interface Moved {
  right: number;
  down: number;
  colour_right: number;
  colour_down: number;
}

type Colours = Record<'colour' | 'luma' | 'brightness' | 'contrast', number>;

interface BurnIn {
  frames: number;
  frames_wrong: number;
  frame: number;
  wanted: string;
  read: string;
}
/** What of a frame is farthest off; absent in results of old runners. */
const PARTS = {
  frame: '',
  row: ' in some of their lines',
  tile: ' in a part of them',
  colour: ' in their colours',
} as const;
type Differences = Located & { part?: keyof typeof PARTS };

const SHOWN = {
  before: 'the picture of the frame before it',
  after: 'the picture of the frame after it',
  exchanged: 'its fields exchanged',
} as const;

const CAUSES: Readonly<Record<ContentCheck, DifferenceCause>> = {
  decodes: 'output_undecodable',
  pictures_compared: 'proxy_short',
  picture_differences: 'picture_differs',
  pictures_out_of_place: 'picture_differs',
  moved_pixels: 'picture_differs',
  detail: 'picture_differs',
  colours_off_levels: 'picture_differs',
  look_off_levels: 'picture_differs',
  alpha_off_levels: 'picture_differs',
  burn_in: 'picture_differs',
  sound_start_off_ms: 'sound_differs',
  sound: 'sound_differs',
};

/** What of detail a codec takes away that has too few bits. */
const LOST = new Set<DetailName>(['kept', 'kept_beside', 'kept_of_part', 'colour_kept']);

/** What a proxy fails for: of its detail, what is lost, or something that is added or lies elsewhere. */
export function contentCause(
  check: ContentCheck,
  expected: unknown,
  actual: unknown,
): DifferenceCause {
  if (check !== 'detail') return CAUSES[check];
  const name = firstBeyond(actual as DetailNumbers, expected as DetailNumbers);
  return name !== undefined && LOST.has(name) ? 'detail_lost' : CAUSES[check];
}

/** What is wrong with a proxy that fails a check of its content, as a part of a sentence about it. */
export const CONTENT_WORDS: Readonly<
  Record<ContentCheck, (expected: never, actual: never) => string>
> = {
  decodes: (_, reason: string) => `it can’t be decoded: ${reason}`,
  pictures_compared: (expected: number, actual: number) =>
    `it shows ${actual} of the ${expected} pictures that its source gave`,
  picture_differences: (_, { pictures, part = 'frame', ...place }: Differences) =>
    `${counted(pictures)} not as in the source${PARTS[part]}, the worst is ${placeWords(place)}`,
  pictures_out_of_place: (
    _,
    { pictures, shows, ...place }: Located & { shows?: keyof typeof SHOWN },
  ) => {
    const shown = shows && SHOWN[shows];
    if (pictures === 1)
      return `${placeWords(place)} ${shown ? `shows ${shown}` : 'doesn’t show its own picture'}`;
    return `${pictures} frames don’t show their own picture, from ${placeWords(place)} on${shown ? `: the first shows ${shown}` : ''}`;
  },
  moved_pixels: (expected: Moved, { pictures, ...actual }: Moved & Located) => {
    const where = `${pictures === 1 ? 'at' : 'from'} ${placeWords(actual)}${pictures === 1 ? '' : ' on'}`;
    const luma = placeBeside([actual.right, expected.right], [actual.down, expected.down]);
    const colour = placeBeside(
      [actual.colour_right, expected.colour_right],
      [actual.colour_down, expected.colour_down],
    );
    return luma.share >= colour.share
      ? `its picture lies ${luma.where} where it is in the source ${where}`
      : `its colours lie ${colour.where} where they are in the source ${where}`;
  },
  detail: (expected: DetailNumbers, actual: DetailNumbers & FramePlace) => {
    const name = firstBeyond(actual, expected) ?? 'marks';
    return DETAIL[name].says(percent(actual[name] ?? 0), `from ${placeWords(actual)} on`);
  },
  colours_off_levels: (expected: Colours, actual: Colours) => {
    const off = (name: keyof Colours) => Math.abs(actual[name]) > expected[name];
    const faults = [
      off('brightness') &&
        `it is ${actual.brightness > 0 ? 'brighter' : 'darker'} than its source throughout, by ${ofRange(actual.brightness)}`,
      off('contrast') &&
        `it has ${actual.contrast > 0 ? 'more' : 'less'} contrast than its source, as where video levels and full levels are confused`,
      off('colour') &&
        'its colours are turned or paler than in its source, as by another colour matrix (BT.601 for BT.709) or hue',
      off('luma') && 'its tones are not those of its source, as by another gamma or colour matrix',
    ];
    return faults.filter(Boolean).join(', and ');
  },
  look_off_levels: (_, levels: number | null) =>
    levels === null
      ? 'nothing shows that its look was applied'
      : `its look is not the one that was asked for: colours are off by ${levels} levels`,
  burn_in: (_, { frames, frames_wrong, frame, wanted, read }: BurnIn) =>
    frames === 0
      ? 'nothing shows that its text was burnt in'
      : `its burnt-in text is wrong in ${frames_wrong} of ${frames} frames, first in frame ${frame}: it reads “${read}” and should be “${wanted}”`,
  alpha_off_levels: (_, { levels, ...place }: FramePlace & { levels: number }) =>
    `its alpha is off by ${levels} levels at ${placeWords(place)}`,
  sound_start_off_ms: (_, tracks: readonly (number | null)[]) => {
    const late = tracks.flatMap((milliseconds, n) =>
      milliseconds ? [`that of audio track ${n + 1} is ${shownDelay(milliseconds)}`] : [],
    );
    return `its sound doesn’t begin where it does in the source: ${late.join(', ')}`;
  },
  sound: (_, tracks: readonly (string | object | (FramePlace & { fault: string }))[]) => {
    const faults = tracks.flatMap((track, n) =>
      typeof track === 'string' || !('fault' in track)
        ? []
        : [`in audio track ${n + 1} ${track.fault} at ${placeWords(track)}`],
    );
    return `its sound is not as in the source: ${faults.join(', ')}`;
  },
};

/** Levels of 255 as a part of the range of a picture. */
function ofRange(levels: number): string {
  return `${Math.max(1, Math.round(Math.abs(levels) / 2.55))} %`;
}

/** In words, where something lies by that of both moves which is more of what it may be: pixels, and how many of them. */
function placeBeside(right: Distance, down: Distance): { where: string; share: number } {
  const [across, along] = [shareOf(right), shareOf(down)];
  const [[pixels], before, after] =
    across > along ? [right, 'left of', 'right of'] : [down, 'above', 'below'];
  const where = `about ${Math.abs(pixels)} pixels ${pixels < 0 ? before : after}`;
  return { where, share: Math.max(across, along) };
}

type Distance = readonly [pixels: number, limit: number];

function shareOf([pixels, limit]: Distance): number {
  return Math.abs(pixels) / limit;
}

function shownDelay(milliseconds: number): string {
  return `${Math.abs(milliseconds)} ms ${milliseconds < 0 ? 'early' : 'late'}`;
}

function counted(pictures: number): string {
  return pictures === 1 ? '1 picture is' : `${pictures} pictures are`;
}

function placeWords({ frame, timecode }: FramePlace): string {
  return timecode === null ? `frame ${frame}` : `frame ${frame} (${timecode})`;
}

function percent(share: number): string {
  return `${Math.max(0, Math.round(100 * share))} %`;
}
