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
  const isThere = (name: string) => isFile(join(folder, name));
  const settings: string[] = [];
  for (const name of settingsNames(basename(path))) if (await isThere(name)) settings.push(name);
  const spanned = spannedPart(basename(path));
  const alone = { parts: [], settings, fault: null, doubt: null };
  if (spanned === null) return alone;
  if (spanned.part === 1) return { ...alone, ...(await partsOf(spanned, isThere)) };
  const fault = await laterFault(spanned, isThere);
  return { ...alone, fault, doubt: fault === null ? doubtOf(spanned) : null };
}

type IsThere = (name: string) => Promise<boolean>;

async function laterFault({ part, nameOf }: SpannedPart, isThere: IsThere): Promise<string | null> {
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
  isThere: IsThere,
): Promise<Pick<ClipFiles, 'parts' | 'fault'>> {
  const parts: string[] = [];
  // Three digits.
  for (let part = 2; part < 1000; part++) {
    if (await isThere(nameOf(part))) parts.push(nameOf(part));
    else if (await isThere(nameOf(part + 1)))
      return { parts, fault: `Its part ${nameOf(part)} is missing. Copy the card again.` };
    else break;
  }
  return { parts, fault: null };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
