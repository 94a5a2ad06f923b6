import { resolve } from 'node:path';
import type { Command } from 'commander';
import { refusalOfName } from '@app/jobspec/folder';
import { configured, type End } from './configured.ts';

/** Commands on one JobSpec. */
export function addJobCommands(program: Command, end: End) {
  program
    .command('run')
    .description('run one JobSpec without a watch folder; the result goes to stdout')
    .argument('<jobspec>', 'a JobSpec file')
    .option('--pictures <directory>', 'write three small pictures of each proxy there')
    .option('--result <file>', 'write the result there instead, whole or not at all')
    .option('--archived-as <name>', 'say in the result that the JobSpec is archived as this')
    .option('--progress', 'write “Progress: 42%” to stderr, a line for each percent')
    .action(async (file: string, options: RunOptions) => {
      const { pictures, result, archivedAs, progress = false } = options;
      if (pictures === '') program.error('error: --pictures is empty. Name a directory.');
      if (result === '') program.error('error: --result is empty. Name a file.');
      if (archivedAs !== undefined) {
        const refusal = archivedAs.includes('/') ? 'it is a path' : refusalOfName(archivedAs);
        if (refusal !== null) program.error(`error: --archived-as can't be a job: ${refusal}.`);
      }
      const { runFile } = await import('./run.command.ts');
      const flags = {
        picturesFolder: pictures ? resolve(pictures) : null,
        resultPath: result ? resolve(result) : null,
        archivedAs: archivedAs ?? null,
        hasProgressLines: progress,
      };
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
  result?: string;
  archivedAs?: string;
  progress?: boolean;
}
