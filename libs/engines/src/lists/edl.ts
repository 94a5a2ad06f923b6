import type { ListedClip } from './listed-clip.ts';

const TIMECODE = String.raw`(\d{2}:\d{2}:\d{2}[:;.]\d{2,3})`;
/** Number, reel, track, transition with its length, and four timecodes: source in and out, record in and out. */
const EVENT = new RegExp(
  String.raw`^\s*\d+[A-Z]?\s+(\S.*?)\s+(?:NONE|[AVB][A-Z0-9/]*)\s+(?:C|D|W\d*|K\s?[BO]?)(?:\s+\d+)?\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}`,
  'i',
);
/** Reels that stand for no source: black, and what has none. */
const NO_REEL = new Set(['AX', 'BL', 'BLACK']);

const NOTES: readonly (readonly [RegExp, 'name' | 'file' | 'sop' | 'saturation'])[] = [
  [/^\*\s*(?:FROM|TO) CLIP NAME:\s*(.+)$/i, 'name'],
  [/^\*\s*SOURCE FILE:\s*(.+)$/i, 'file'],
  // Whatever follows: numbers that aren't understood must not be passed over.
  [/^\*\s*ASC[_ ]SOP\b:?\s*(.*)$/i, 'sop'],
  [/^\*\s*ASC[_ ]SAT\b:?\s*(.*)$/i, 'saturation'],
];

export function isEdl(text: string): boolean {
  return text.split('\n', 2000).some((line) => EVENT.test(line));
}

/** The clips of an EDL, each as often as it is used. A note belongs to the event before it. */
export function readEdl(text: string): ListedClip[] {
  const clips: ListedClip[] = [];
  /** Events with one number are the two sides of a transition, and are noted after the second. */
  let group: ListedClip[] = [];
  let number = '';
  let isNoted = false;
  for (const [index, line] of text.split('\n').entries()) {
    const event = EVENT.exec(line);
    if (event !== null) {
      const [, reel = '', start = null, end = null] = event;
      const own = line.trim().split(/\s/, 1)[0] ?? '';
      if (own !== number || isNoted) group = [];
      [number, isNoted] = [own, false];
      if (reel.toUpperCase() === 'BL' || reel.toUpperCase() === 'BLACK') continue;
      const clip: ListedClip = {
        line: index + 1,
        name: null,
        file: null,
        reel: NO_REEL.has(reel.toUpperCase()) ? null : reel,
        start,
        end,
        sop: null,
        saturation: null,
      };
      group.push(clip);
      clips.push(clip);
      continue;
    }
    isNoted = note(line.trim(), group, clips) || isNoted;
  }
  return clips;
}

/**
 * Of a transition the clip that it comes from is noted first. Colours that come once too often are those of a clip by itself: which of
 * them count can't be told.
 *
 * @returns whether it is a note that says something of a clip.
 */
function note(line: string, group: ListedClip[], clips: ListedClip[]): boolean {
  for (const [pattern, key] of NOTES) {
    const value = pattern.exec(line)?.[1]?.trim();
    if (value === undefined) continue;
    const last = group.at(-1);
    const clip = /^\*\s*TO /i.test(line) ? last : (group.find((one) => one[key] === null) ?? last);
    if (clip === undefined) return true;
    if (clip[key] === null || key === 'name' || key === 'file') clip[key] = value;
    else {
      const other = { ...clip, sop: null, saturation: null, [key]: value };
      group.push(other);
      clips.push(other);
    }
    return true;
  }
  return false;
}
