import { CONTENT_TOLERANCES as T } from '../measure/tolerances.ts';
import type { CodecRule } from '../../proxy/codecs/codec-rules.ts';
import type { FrameNumbers } from './frame-comparison.ts';

/** What a picture may be mistaken for. */
const OTHERS = ['before', 'after', 'exchanged'] as const;
export type Other = (typeof OTHERS)[number];

/** Pictures that show something else of their source than their own picture. */
export interface Misplaced {
  count: number;
  /**
   * The first of them, `null` when all are in their places; `like` the picture that it is as near to as a good proxy is to its own, `null` where
   * it shows neither.
   */
  first: { frame: number; like: Other | null } | null;
}

/** Where a part alone moves, it shows what the picture is mistaken for. */
const PARTS = { before: 'tileBefore', after: 'tileAfter', exchanged: null } as const;

/** Pictures that are looked at together where little moves. */
const RUN = 12;

/**
 * Finds pictures that are much nearer to the picture before or after theirs, or to their own with exchanged fields: what is
 * shifted, repeated or swapped. Where nothing moves, nothing of it shows.
 *
 * @param codec may predict pictures from others: it then leaves out small changes, and may put a small thing where it
 * is in another picture. So where all the rest moves too, and is in its place, a part says nothing.
 * @param rough by how much farther a picture or a part may be from its own: in small proxies they are of few pixels.
 */
export function misplacedFrames(
  numbers: FrameNumbers,
  { interFrame: isPredicted, leaves: { likeness } }: Pick<CodecRule, 'interFrame' | 'leaves'>,
  rough: number,
): Misplaced {
  const own = numbers.own;
  const least = rough * likeness;
  const found = new Map<number, Other>();
  const note = (frame: number, like: Other) => {
    const known = found.get(frame);
    const distance = (other: Other) => numbers[other][frame] as number;
    if (known === undefined || distance(like) < distance(known)) found.set(frame, like);
  };
  for (const like of OTHERS) {
    const other = numbers[like];
    const part = PARTS[like] === null ? null : numbers[PARTS[like]];
    let [runOwn, runOther] = [0, 0];
    for (let frame = 0; frame < own.length; frame++) {
      const [here, there] = [own[frame] as number, other[frame] as number];
      const isArtefact = isPredicted && isNearer(there, here, least);
      if (isNearer(here, there, least) || (!isArtefact && isPartNearer(part, frame, rough)))
        note(frame, like);
      runOwn += here;
      runOther += finite(there, here);
      const left = frame - RUN;
      if (left < 0) continue;
      runOwn -= own[left] as number;
      runOther -= finite(other[left] as number, own[left] as number);
      if (!found.has(frame) && isNearer(runOwn / RUN, runOther / RUN, T.likenessRun))
        note(frame, like);
    }
  }
  const [earliest] = [...found].toSorted(([a], [b]) => a - b);
  if (earliest === undefined) return { count: 0, first: null };
  const [frame, nearest] = earliest;
  const isShown = (numbers[nearest][frame] as number) <= least;
  return { count: found.size, first: { frame, like: isShown ? nearest : null } };
}

function isPartNearer(part: readonly number[] | null, frame: number, rough: number): boolean {
  return part !== null && (part[frame] as number) > T.likenessTile * rough;
}

function isNearer(own: number, other: number, least: number): boolean {
  return own > least && own > T.likeness * other;
}

/** A picture without a neighbour is its own. */
function finite(distance: number, own: number): number {
  return Number.isFinite(distance) ? distance : own;
}
