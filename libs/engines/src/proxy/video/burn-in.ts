import { parseTimecode, type Rational } from '../../media/index.ts';
import { cellsOf, type Cell } from '../../burn-in/cells.ts';
import { boxAt, cellFor, hasGlyph, isInside, overlap, type Box } from '../../burn-in/glyphs.ts';
import type {
  BurnInPlan,
  ColourPlan,
  FrameSize,
  PlanViolation,
  RequestedBurnIn,
} from '../plan/proxy-plan.ts';

/** Facts that texts and their layout follow from. */
export interface BurnInFacts {
  size: FrameSize;
  /** Pixel aspect ratio. */
  sampleAspectRatio: Rational;
  transfer: ColourPlan['transfer'];
  rate: Rational;
  timecode: string | null;
  reel: string | null;
  /** Declared frame count; `null` for none. */
  frames: number | null;
}

/** Digits of a frame number: a day at 120 frames per second has eight. */
const FRAME_DIGITS = { least: 6, most: 8 } as const;
/** Graphics white by ITU-R BT.2408, as a share of the signal. */
const WHITE_OF: Readonly<Record<string, number>> = { smpte2084: 0.58, 'arib-std-b67': 0.75 };

const LACKING: Readonly<Record<string, string>> = {
  timecode: 'has no timecode that the proxy can count',
  reel: 'has no reel name',
};

/** @returns `null` if no text is requested; a violation for each text that can't be shown. */
export function planBurnIn(
  request: RequestedBurnIn | undefined,
  facts: BurnInFacts,
): BurnInPlan | null | readonly PlanViolation[] {
  if (request === undefined) return null;
  const { size, rate, reel } = facts;
  const timecode = facts.timecode === null ? null : parseTimecode(facts.timecode);
  const frameDigits = digitsOf(facts.frames);
  const cell = cellFor(size, facts.sampleAspectRatio);
  const values = { timecode, rate, frameDigits, texts: { ...request.values, reel } };
  const texts: { box: Box; cells: readonly Cell[] }[] = [];
  const violations: PlanViolation[] = [];
  for (const [index, { text, at }] of request.texts.entries()) {
    const cells = cellsOf(text, values);
    const path = `viewing.burn_in[${index}].text` as const;
    if ('lacks' in cells) {
      violations.push({ path, message: `${path} ${lackOf(cells.lacks)}`, lacks: cells.lacks });
      continue;
    }
    const box = boxAt(at, cells.length, size, cell);
    const problem = problemOf(cells, box, size);
    if (problem === null) texts.push({ box, cells });
    else violations.push({ path, message: `${path} ${problem}` });
  }
  violations.push(...overlaps(request, texts));
  if (violations.length > 0) return violations;
  return {
    texts,
    size: cell,
    ink: WHITE_OF[facts.transfer ?? ''] ?? 1,
    rate,
    start: timecode,
    frameDigits,
    tablesFolder: request.tablesFolder,
  };
}

function digitsOf(frames: number | null): number {
  if (frames === null) return FRAME_DIGITS.most;
  return Math.min(FRAME_DIGITS.most, Math.max(FRAME_DIGITS.least, String(frames).length));
}

function lackOf(token: string): string {
  return `uses {${token}}, and the clip ${LACKING[token] ?? 'has none'}; leave it out`;
}

function problemOf(cells: readonly Cell[], box: Box, size: FrameSize): string | null {
  if (isInside(box, size)) return null;
  return `has ${cells.length} characters, which don’t fit into the proxy of ${size.width}x${size.height}; make it shorter, or the proxy larger`;
}

/** Violations for overlapping boxes. Only used if each text fits: otherwise their order isn't that of the request. */
function overlaps(
  { texts: asked }: RequestedBurnIn,
  texts: readonly { box: Box }[],
): PlanViolation[] {
  if (texts.length < asked.length) return [];
  return texts.flatMap(({ box }, index) => {
    const before = texts.findIndex((other, at) => at < index && overlap(other.box, box));
    if (before < 0) return [];
    const path = `viewing.burn_in[${index}].text` as const;
    const message = `${path} overlaps viewing.burn_in[${before}].text in a proxy of this size; make both shorter, put one elsewhere, or make the proxy larger`;
    return [{ path, message }];
  });
}

/** A warning on characters drawn as empty boxes, if any. */
export function boxWarnings(plan: BurnInPlan | null): string[] {
  const cells = plan?.texts.flatMap((text) => text.cells) ?? [];
  const lacking = cells.flatMap((cell) =>
    typeof cell === 'string' && !hasGlyph(cell) ? [characterName(cell)] : [],
  );
  if (lacking.length === 0) return [];
  return [
    `The burnt-in text has empty boxes for what its font lacks: ${[...new Set(lacking)].join(', ')}.`,
  ];
}

function characterName(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /\p{C}|\p{Z}|\p{M}/u.test(character) ? `U+${code}` : `“${character}” (U+${code})`;
}
