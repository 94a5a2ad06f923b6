import { expect, it } from 'vitest';
import { CONTENT_WORDS } from '../content-words.ts';
import { NumberTable } from '../measure/number-table.ts';
import { movedCheck } from './moved-check.ts';
import { FRAME_NUMBERS, type FrameNumber } from './frame-comparison.ts';

type Planned = Parameters<typeof movedCheck>[0];
type Moves = Partial<Record<FrameNumber, number>>;

function checked(codec: string, size: Planned['video']['size'], moves: readonly Moves[]) {
  const timing = { mode: 'passthrough', rate: { numerator: 25, denominator: 1 } };
  const video = { size, pixelFormat: 'yuv420p', scan: { order: 'progressive' }, timing };
  const plan = { codec, video, timecode: '10:00:00:00' } as unknown as Planned;
  const numbers = new NumberTable(FRAME_NUMBERS);
  const none = Object.fromEntries(FRAME_NUMBERS.map((name) => [name, 0]));
  for (const move of moves) numbers.add({ ...none, ...move } as Parameters<typeof numbers.add>[0]);
  return movedCheck(plan, numbers);
}

const HD = { width: 1920, height: 1080 };
const PORTRAIT = { width: 1080, height: 1920 };
const throughout = (move: Moves) => Array.from({ length: 20 }, () => move);

it.each([
  ['h264', HD, { right: 1.6, down: 1.54, colour_right: 4, colour_down: 3.86 }],
  ['dnxhr', HD, { right: 5, down: 4.82, colour_right: 10, colour_down: 9.64 }],
  [
    'h264',
    { width: 384, height: 224 },
    { right: 0.6, down: 0.6, colour_right: 1.2, colour_down: 1.2 },
  ],
])('%s of %o may lie beside its place by so many pixels', (codec, size, expected) => {
  expect(checked(codec, size, throughout({}))).toMatchObject({ expected, passed: true });
});

it.each<[string, Planned['video']['size'], Moves[], string]>([
  [
    'all of it',
    HD,
    throughout({ down: -0.1 }),
    'its picture lies about 1.93 pixels above where it is in the source from frame 0 (10:00:00:00) on',
  ],
  [
    'a picture',
    HD,
    [{}, {}, { right: 0.2 }, {}],
    'its picture lies about 4 pixels right of where it is in the source at frame 2 (10:00:00:02)',
  ],
  [
    'colour',
    HD,
    throughout({ colourRight: -0.15, down: 0.03 }),
    'its colours lie about 6 pixels left of where they are in the source from frame 0 (10:00:00:00) on',
  ],
  [
    'a direction in which less is allowed',
    PORTRAIT,
    throughout({ right: 0.09, down: 0.075 }),
    'its picture lies about 1.01 pixels right of where it is in the source from frame 0 (10:00:00:00) on',
  ],
])('is told in words: %s', (_, size, moves, words) => {
  const { expected, actual, passed } = checked('h264', size, moves);
  expect(passed).toBe(false);
  expect(CONTENT_WORDS['moved_pixels']?.(expected as never, actual as never)).toBe(words);
});
