import { dirname } from 'node:path';
import { JobFailure, printable } from '@app/jobspec';
import { errorFact, exists, folderFault, makeFolders, publishFile, rm } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';

/** List to write: suffix of its name, and text. */
export type List = readonly [end: string, text: string];

/**
 * Publishes all lists or none: an incomplete set could be mistaken for the whole, and would block the next try.
 *
 * @param base path of the lists without their suffixes
 * @returns their paths
 * @throws Refusal
 */
export async function publishLists(base: string, lists: readonly List[]): Promise<string[]> {
  const folder = dirname(base);
  const fault = await folderFault(folder);
  if (fault !== null) {
    const sentence = `"${fault.path}" ${fault.fact}. Name another folder with --output.`;
    throw new Refusal('folder', sentence);
  }
  await makeFolders(folder);
  for (const [end] of lists) if (await exists(base + end)) throw nameTaken(base + end);
  const written: string[] = [];
  for (const [end, text] of lists) {
    const path = base + end;
    try {
      await publishFile(path, text);
      written.push(path);
    } catch (error) {
      for (const one of written) await rm(one, { force: true }).catch(() => undefined);
      // Another hand-over took the name meanwhile.
      if (error instanceof JobFailure) throw nameTaken(path);
      throw new Refusal('folder', `${printable(path)} can't be written: ${errorFact(error)}.`);
    }
  }
  return written;
}

function nameTaken(path: string): Refusal {
  const sentence = `"${path}" exists already and is not replaced. Move it away, or name another folder with --output.`;
  return new Refusal('folder', sentence);
}
