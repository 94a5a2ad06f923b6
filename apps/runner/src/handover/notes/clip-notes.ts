import { basename, extname, join } from 'node:path';
import {
  cardRootOf,
  ClipList,
  framesBefore,
  ListFault,
  MAX_LIST_BYTES,
  nominalRate,
  parseTimecode,
  rationalToNumber,
  readClipList,
  type ListedClip,
} from '@app/engines';
import { CdlFault } from '../../cdl/cdl-fault.ts';
import { readXmlCdls } from '../../cdl/cdl-xml.ts';
import { errorMessage, opendir, readWhole, stat } from '../../files/index.ts';
import { severalAtOnce } from '../../process/several-at-once.ts';
import { printable } from '../../text/index.ts';
import type { MadeClip } from '../clips/index.ts';
import { readAudioNotes, type AudioNotes } from './sound-notes.ts';

/** What recorders and lists say of a clip, as an ALE has it; `''` for what they don't. */
export interface ClipNotes {
  scene: string;
  take: string;
  audioRoll: string;
  sop: string;
  saturation: string;
}

/** More entries than this are no card. What lies beyond is not looked at. */
const MOST_ENTRIES = 50_000;
const DEPTH = 12;

type Kind = 'sound' | 'list' | 'colours';
const KINDS: Readonly<Record<string, Kind>> = {
  '.wav': 'sound',
  '.bwf': 'sound',
  '.ale': 'list',
  '.edl': 'list',
  '.cdl': 'colours',
  '.ccc': 'colours',
  '.cc': 'colours',
};

/** Notes of recorders and lists that lie on the cards of clips, and in further places. */
export class NotesFinder {
  readonly #sounds: AudioNotes[] = [];
  #lists = new ClipList([]);
  /** Sentences on files that can't be read, or aren't understood. */
  readonly problems: string[] = [];
  /** How many WAVs and lists tell something. */
  found = 0;

  /**
   * Looks through the cards of clips, which may be gone.
   *
   * @param further files and folders that people have named.
   */
  static async open(clips: readonly MadeClip[], further: readonly string[]): Promise<NotesFinder> {
    const finder = new NotesFinder();
    const roots = new Set(clips.map(({ source }) => cardRootOf(source)).filter(Boolean));
    const paths = new Set<string>();
    for (const root of roots) for (const path of await filesBelow(root)) paths.add(path);
    for (const path of further) for (const one of await finder.#named(path)) paths.add(one);
    const listed: ListedClip[] = [];
    await severalAtOnce([...paths].toSorted(), async (path) => {
      const kind = kindOf(path);
      try {
        if (kind === 'sound') finder.#addAudio(await readAudioNotes(path));
        else for (const one of await listedIn(path, kind)) listed.push(one);
      } catch (error) {
        const isOurs = error instanceof CdlFault || error instanceof ListFault;
        const fault = isOurs ? error.message : `isn't read: ${errorMessage(error)}`;
        finder.problems.push(`${printable(path)} ${fault}.`);
      }
    });
    finder.#sounds.sort((a, b) => (a.path < b.path ? -1 : 1));
    finder.#lists = new ClipList(listed.filter(({ sop, saturation }) => sop ?? saturation));
    finder.found = finder.#sounds.length + finder.#lists.clips.length;
    return finder;
  }

  of(clip: MadeClip): ClipNotes {
    const audio = this.#soundOf(clip);
    const [line] = this.#lists.linesOf({
      file: basename(clip.source),
      reel: clip.reel,
      start: clip.timecode,
      rate: clip.rate,
      seconds: secondsOf(clip),
    });
    return {
      scene: audio?.scene ?? '',
      take: audio?.take ?? '',
      audioRoll: audio?.roll ?? '',
      sop: line?.sop ?? '',
      saturation: line?.saturation ?? '',
    };
  }

  /** Files by themselves, folders by what is in them. */
  async #named(path: string): Promise<string[]> {
    try {
      return (await stat(path)).isDirectory() ? await filesBelow(path) : [path];
    } catch (error) {
      this.problems.push(`${printable(path)} isn't read: ${errorMessage(error)}.`);
      return [];
    }
  }

  #addAudio(notes: AudioNotes | null) {
    if (notes === null) return;
    if (notes.scene ?? notes.take ?? notes.roll) this.#sounds.push(notes);
  }

  /** The sound that has its name, or ran for the longest time of it. */
  #soundOf(clip: MadeClip): AudioNotes | undefined {
    const stem = withoutExtension(clip.source);
    const own = this.#sounds.find(({ path }) => withoutExtension(path) === stem);
    if (own !== undefined) return own;
    let [best, longest] = [undefined as AudioNotes | undefined, 0];
    for (const audio of this.#sounds) {
      const seconds = commonSeconds(audio, clip);
      if (seconds > longest) [best, longest] = [audio, seconds];
    }
    return best;
  }
}

function kindOf(path: string): Kind | undefined {
  return KINDS[extname(path).toLowerCase()];
}

async function listedIn(path: string, kind: Kind | undefined): Promise<ListedClip[]> {
  const bytes = await readWhole(path, MAX_LIST_BYTES);
  if (kind !== 'colours') return readClipList(bytes);
  return readXmlCdls(bytes.toString('utf8'), basename(path, extname(path)));
}

/** Files of notes in a folder; none where it is gone. Links are not followed. */
async function filesBelow(root: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [{ path: root, depth: 1 }];
  let entries = 0;
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { path, depth } = next;
    const directory = await opendir(path).catch(() => null);
    if (directory === null) continue;
    for await (const entry of directory) {
      if (++entries > MOST_ENTRIES) return found;
      if (entry.name.startsWith('.')) continue;
      const inner = join(path, entry.name);
      if (entry.isDirectory() && depth < DEPTH) folders.push({ path: inner, depth: depth + 1 });
      if (entry.isFile() && kindOf(inner) !== undefined) found.push(inner);
    }
  }
  return found;
}

/** For how long both ran, by their timecodes. */
function commonSeconds({ startSeconds, seconds, pace }: AudioNotes, clip: MadeClip): number {
  const timecode = parseTimecode(clip.timecode ?? '');
  const { rate } = clip;
  const length = secondsOf(clip);
  // Zero is what files without timecode say.
  if (timecode === null || clip.start === null || rate === null || length === null) return 0;
  if (!startSeconds || seconds === null) return 0;
  const own = timecode.dropFrame ? 1 : rationalToNumber(rate) / nominalRate(rate);
  const from = (framesBefore(timecode, rate) / rationalToNumber(rate)) * own;
  const to = from + length * own;
  const audioPace = pace ?? own;
  const [start, end] = [startSeconds * audioPace, (startSeconds + seconds) * audioPace];
  return Math.min(to, end) - Math.max(from, start);
}

function secondsOf({ length, rate }: MadeClip): number | null {
  return length === null || rate === null ? null : length / rationalToNumber(rate);
}

function withoutExtension(path: string): string {
  return path.slice(0, path.length - extname(path).length);
}
