import { join } from 'node:path';
import type { Command } from 'commander';
import { KIT_PROGRAMS, kitChecklist, makeKitClips, misuse, type Editor } from '@app/assistant';
import { isEmptyDirectory, makeFolders, writeFile } from '@app/storage';
import { printLines } from '../logging/print.ts';
import { runFfmpeg } from '../ffmpeg/ffmpeg-tools.ts';
import { configured } from './configured.ts';
import { ExitCode } from './exit-code.ts';
import { handover } from './handover.command.ts';
import { make } from './make.command.ts';

/**
 * Makes a test kit for the editing systems: clips, proxies and lists for each system, and a checklist that returns its answers as JSON.
 *
 * @param folder absolute; created if missing.
 * @returns the exit code.
 */
export async function makeKit(program: Command, folder: string): Promise<number> {
  const media = join(folder, 'media');
  await makeFolders(folder);
  if (!(await isEmptyDirectory(folder)))
    throw misuse(`${folder} is not empty. Name a new folder for the kit.`);
  await makeFolders(media);
  await makeKitClips({ runFfmpeg }, media);
  for (const editor of Object.keys(KIT_PROGRAMS) as Editor[]) {
    const watch = join(folder, 'watch', editor);
    const lists = join(folder, 'lists', editor);
    await makeFolders(watch);
    await makeFolders(lists);
    const output = join(folder, 'proxies', editor);
    const place = editor === 'resolve' ? {} : { output, flat: true };
    const made = await make([media], { for: [editor], ...place }, await configured(program, watch));
    // A stop ends up here, too.
    if (made !== ExitCode.Success) return made;
    const listed = await handover(watch, { output: lists, link: true });
    if (listed !== ExitCode.Success) return listed;
    await writeFile(join(folder, `${editor}.html`), kitChecklist(editor));
  }
  printLines([`Take ${folder} to each editing system, and open its page there: ten minutes each.`]);
  return ExitCode.Success;
}
