import { EMPTY_CLIP, type ListedClip } from './listed-clip.ts';

const TIMECODE = String.raw`(\d{2}:\d{2}:\d{2}[:;.]\d{2,3})`;
/**
 * Event number, reel, track, transition with its length, and four timecodes: source in and out, record in and out. A
 * reel may contain spaces but not end with one, so that long runs of spaces don't backtrack.
 */
const EVENT = new RegExp(
  String.raw`^\s*\d+[A-Z]?\s+(\S(?:.*?\S)??)\s+(?:NONE|[AVB][A-Z0-9/]*)\s+(?:C|D|W\d*|K\s?[BO]?)(?:\s+\d+)?\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}\s+${TIMECODE}`,
  'i',
);
/** Reel names that stand for no source: auxiliary and black. */
const NO_REEL = new Set(['AX', 'BL', 'BLACK']);

type NoteKey = 'name' | 'file' | 'sop' | 'saturation';

/** Prefixes of notes, whatever follows: invalid numbers must be reported, not skipped. */
const NOTES: readonly (readonly [RegExp, NoteKey])[] = [
  [/^\*\s*(?:FROM|TO) CLIP NAME:/i, 'name'],
  [/^\*\s*SOURCE FILE:/i, 'file'],
  [/^\*\s*ASC[_ ]SOP\b:?/i, 'sop'],
  [/^\*\s*ASC[_ ]SAT\b:?/i, 'saturation'],
];

/** Events that share a number: both sides of a transition, with their notes after the second. */
class Group {
  readonly clips: ListedClip[] = [];
  /** Count of leading clips that already have the note. */
  readonly #noted = new Map<NoteKey, number>();

  firstWithout(key: NoteKey): ListedClip | undefined {
    let index = this.#noted.get(key) ?? 0;
    while (index < this.clips.length && this.clips[index]?.[key] !== null) index += 1;
    this.#noted.set(key, index);
    return this.clips[index];
  }
}

export function isEdl(text: string): boolean {
  return text.split('\n', 2000).some((line) => EVENT.test(line));
}

/** Returns the clips of an EDL, once per event. A note belongs to the event before it. */
export function readEdl(text: string): ListedClip[] {
  const clips: ListedClip[] = [];
  let group = new Group();
  let number = '';
  let hasNotes = false;
  for (const [index, line] of text.split('\n').entries()) {
    const event = EVENT.exec(line);
    if (event !== null) {
      const [, reel = '', start = null, end = null] = event;
      const own = line.trim().split(/\s/, 1)[0] ?? '';
      if (own !== number || hasNotes) group = new Group();
      [number, hasNotes] = [own, false];
      if (reel.toUpperCase() === 'BL' || reel.toUpperCase() === 'BLACK') continue;
      const known = NO_REEL.has(reel.toUpperCase()) ? null : reel;
      const clip: ListedClip = { ...EMPTY_CLIP, line: index + 1, reel: known, start, end };
      group.clips.push(clip);
      clips.push(clip);
      continue;
    }
    hasNotes = applyNote(line.trim(), group, clips) || hasNotes;
  }
  return clips;
}

/**
 * The first note of a transition is for its outgoing clip. Surplus colour notes become clips of their own, since it
 * isn't known which of them apply.
 *
 * @returns true if the line is a note about a clip
 */
function applyNote(line: string, group: Group, clips: ListedClip[]): boolean {
  for (const [pattern, key] of NOTES) {
    const [head] = pattern.exec(line) ?? [];
    if (head === undefined) continue;
    const value = line.slice(head.length).trim();
    const isOfName = key === 'name' || key === 'file';
    if (value === '' && isOfName) return false;
    const last = group.clips.at(-1);
    const clip = /^\*\s*TO /i.test(line) ? last : (group.firstWithout(key) ?? last);
    if (clip === undefined) return true;
    if (clip[key] === null || isOfName) clip[key] = value;
    else {
      const other = { ...clip, sop: null, saturation: null, [key]: value };
      group.clips.push(other);
      clips.push(other);
    }
    return true;
  }
  return false;
}
