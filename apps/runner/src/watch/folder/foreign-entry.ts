import { WATCH_FOLDER_MARKS } from '@app/jobspec/folder';
import { isDirectory, opendir } from '../../files/index.ts';
import { join } from 'node:path';
import { printable } from '../../text/index.ts';

/** What systems and shares put into a folder by themselves, in lower case. */
const OF_SHARES = new Set([
  '#recycle',
  '#snapshot',
  '$recycle.bin',
  '@eadir',
  '@recently-snapshot',
  '@recycle',
  'aquota.group',
  'aquota.user',
  'desktop.ini',
  'lost+found',
  'network trash folder',
  'system volume information',
  'temporary items',
  'thumbs.db',
]);

/**
 * Why a folder is not one to watch: a card, a share or a folder of proxies that somebody named by mistake must not get the folders of
 * a runner. Only one that is a watch folder already, or empty, is taken.
 *
 * @returns a sentence; `null` when it can be taken.
 * @throws the system's error when it can't be read.
 */
export async function foreignFolderFault(root: string): Promise<string | null> {
  for (const mark of WATCH_FOLDER_MARKS) if (await isDirectory(join(root, mark))) return null;
  const foreign = await foreignEntryIn(root);
  if (foreign === null) return null;
  return `${printable(root)} is not a watch folder. It holds other files, such as ${printable(foreign)}. Name an empty folder, or one with pending/ in it.`;
}

/** The first entry that is neither hidden nor a share's own; `null` for none. */
async function foreignEntryIn(root: string): Promise<string | null> {
  for await (const { name } of await opendir(root))
    if (!name.startsWith('.') && !OF_SHARES.has(name.toLowerCase())) return name;
  return null;
}
