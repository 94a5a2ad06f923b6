import { resolve } from 'node:path';
import type { Command } from 'commander';
import { configured, type End } from './configured.ts';

/** Commands on one JobSpec. */
export function addJobCommands(program: Command, end: End) {
  program
    .command('run')
    .description('run one JobSpec without a watch folder; the result goes to stdout')
    .argument('<jobspec>', 'a JobSpec file')
    .option('--pictures <directory>', 'write three small pictures of each proxy there')
    .option('--progress', 'write “Progress: 42%” to stderr, a line for each percent')
    .action(async (file: string, { pictures, progress = false }: RunOptions) => {
      if (pictures === '') program.error('error: --pictures is empty. Name a directory.');
      const { runFile } = await import('./run.command.ts');
      const picturesFolder = pictures ? resolve(pictures) : null;
      const flags = { picturesFolder, hasProgressLines: progress };
      end(await runFile(file, flags, await configured(program)));
    });
  program
    .command('validate')
    .description('make every check; start and write nothing')
    .argument('<jobspec...>', 'JobSpec files')
    .option('--json', 'print one JSON object per file')
    .action(async (files: string[], { json = false }: { json?: boolean }) => {
      const { validateFiles } = await import('./validate.command.ts');
      end(await validateFiles(files, json, await configured(program)));
    });
  program
    .command('submit')
    .description('check a JobSpec and drop it into a watch folder; nothing is ever replaced')
    .argument('<jobspec>', 'a JobSpec file')
    .argument('<folder>', 'root of the watch folder')
    .action(async (file: string, folder: string) => {
      if (folder === '') program.error('error: <folder> is empty. Name the watch folder.');
      const { submit } = await import('./submit.command.ts');
      await configured(program);
      end(await submit(file, resolve(folder)));
    });
}

interface RunOptions {
  pictures?: string;
  progress?: boolean;
}
