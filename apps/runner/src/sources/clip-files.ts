import { stat } from '../files/index.ts';
import { basename, dirname, join } from 'node:path';
import { settingsNames, spannedPart, type SpannedPart } from '@app/engines';

/** What belongs to a clip beside the file that is named. */
export interface ClipFiles {
  /** Names of its other parts, in order. */
  parts: readonly string[];
  /** Names of files by which Resolve develops it. */
  settings: readonly string[];
  /** Why the file doesn't stand for a whole clip, in sentences; `null` when it does. */
  fault: string | null;
  /** What may be amiss with a clip that is made all the same, as a sentence. */
  doubt: string | null;
}

/** Looks for the other files of a clip by their names, without listing a folder that may hold thousands. */
export async function clipFilesOf(path: string): Promise<ClipFiles> {
  const folder = dirname(path);
  const sizeOf: SizeOf = (name) => sizeOfFile(join(folder, name));
  const settings: string[] = [];
  for (const name of settingsNames(basename(path)))
    if ((await sizeOf(name)) !== null) settings.push(name);
  const spanned = spannedPart(basename(path));
  const alone = { parts: [], settings, fault: null, doubt: null };
  if (spanned === null) return alone;
  if (spanned.part === 1) return { ...alone, ...(await partsOf(spanned, sizeOf)) };
  const fault = await laterFault(spanned, sizeOf);
  return { ...alone, fault, doubt: fault === null ? doubtOf(spanned) : null };
}

/** Of a file beside the clip, in bytes; `null` for none. */
type SizeOf = (name: string) => Promise<number | null>;

/** Their numbers have three digits. */
const MOST_PARTS = 999;
/** As many parts may be missing in a row until those after them are not looked for. */
const WIDEST_GAP = 8;

async function laterFault({ part, nameOf }: SpannedPart, sizeOf: SizeOf): Promise<string | null> {
  const isThere = async (name: string) => (await sizeOf(name)) !== null;
  const first = nameOf(1);
  if (await isThere(first))
    return `It is a part of the clip that begins with ${first}. Name that file alone: Resolve goes on with the others by itself.`;
  const isAmongParts = (await isThere(nameOf(part + 1))) || (await isThere(nameOf(part - 1)));
  return isAmongParts
    ? `It is part ${part} of a clip whose first part ${first} is missing. Copy the card again.`
    : null;
}

/** Somebody may have given a whole clip such a name. */
function doubtOf({ part, nameOf }: SpannedPart): string {
  return `By its name the clip is part ${part} of one that begins with ${nameOf(1)}, which is not beside it: the proxy may lack what was before.`;
}

async function partsOf(
  { nameOf }: SpannedPart,
  sizeOf: SizeOf,
): Promise<Pick<ClipFiles, 'parts' | 'fault'>> {
  const parts: string[] = [];
  const faultOf = (part: number, what: string) =>
    ({ parts, fault: `Its part ${nameOf(part)} is ${what}. Copy the card again.` }) as const;
  for (let part = 2; part <= MOST_PARTS; part++) {
    const size = await sizeOf(nameOf(part));
    if (size === 0) return faultOf(part, 'empty');
    if (size === null)
      return (await hasLater(part, nameOf, sizeOf))
        ? faultOf(part, 'missing')
        : { parts, fault: null };
    parts.push(nameOf(part));
  }
  return { parts, fault: null };
}

async function hasLater(part: number, nameOf: SpannedPart['nameOf'], sizeOf: SizeOf) {
  for (let later = part + 1; later <= part + WIDEST_GAP; later++)
    if ((await sizeOf(nameOf(later))) !== null) return true;
  return false;
}

/** In bytes; `null` for what is no file. */
async function sizeOfFile(path: string): Promise<number | null> {
  return stat(path).then(
    (stats) => (stats.isFile() ? stats.size : null),
    () => null,
  );
}
