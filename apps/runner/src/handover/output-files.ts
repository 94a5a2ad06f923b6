import { dirname, join, resolve } from 'node:path';
import { JobFailure } from '@app/jobspec';
import { errorFact, exists, folderFault, makeFolders, rm } from '../files/index.ts';
import { publishFile } from '../job/index.ts';
import { printable } from '../text/index.ts';
import { HandOverRefusal, type MadeClip, type Selection } from './clips/index.ts';
import { aleLists } from './lists/index.ts';

/** Where what attaches proxies goes. */
export interface LinkPaths {
  fcpxml: string;
  resolve: string;
  premiere: string;
}

/**
 * Where ALE, CSV and page go, in a folder that is made for them. Reading proxies takes long: what is in the way is found before.
 *
 * @throws HandOverRefusal for a folder that takes no files, and for a name that is taken.
 */
export async function freePaths(
  output: string,
  { day }: Selection,
  made: readonly MadeClip[],
  isLinked: boolean,
) {
  const base = join(resolve(output), day === null ? 'handover' : `handover-${day}`);
  const rates = aleLists(made).ales.map(({ rate }) => rate);
  const aleOf = (rate: string) => `${base}${rates.length === 1 ? '' : `-${rate}`}.ale`;
  const links: LinkPaths = {
    fcpxml: `${base}.fcpxml`,
    resolve: `${base}-resolve.py`,
    premiere: `${base}-premiere.jsx`,
  };
  const paths = { aleOf, csv: `${base}.csv`, page: `${base}.html`, links };
  const further = isLinked ? Object.values(links) : [];
  await refuseFault(dirname(base));
  await makeFolders(dirname(base));
  for (const path of [...rates.map(aleOf), paths.csv, paths.page, ...further])
    await refuseTaken(path);
  return paths;
}

/**
 * Publishes all of them or none: half of the lists would be taken for all, and be in the way of the next try.
 *
 * @throws HandOverRefusal; JobFailure for a name that was taken meanwhile.
 */
export async function publishAll(texts: readonly { path: string; text: string }[]): Promise<void> {
  const written: string[] = [];
  for (const { path, text } of texts) {
    try {
      await publishFile(path, text);
    } catch (error) {
      for (const one of written) await rm(one, { force: true }).catch(() => undefined);
      if (error instanceof JobFailure) throw error;
      throw new HandOverRefusal(`${printable(path)} can't be written: ${errorFact(error)}.`, true);
    }
    written.push(path);
  }
}

async function refuseFault(output: string) {
  const fault = await folderFault(output);
  if (fault === null) return;
  const sentence = `"${fault.path}" ${fault.fact}. Name another folder with --output.`;
  throw new HandOverRefusal(sentence, true);
}

async function refuseTaken(path: string) {
  if (await exists(path))
    throw new HandOverRefusal(
      `"${path}" exists already and is not replaced. Move it away, or name another folder with --output.`,
    );
}
