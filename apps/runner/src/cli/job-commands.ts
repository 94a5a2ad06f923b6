import { resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import { refusalOfName } from '@app/jobspec/folder';
import { PACKAGE_ROOT } from '@app/storage';
import { printText } from '../logging/print.ts';
import { configured, type End } from './configured.ts';
import type { RunFlags } from './run.command.ts';

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
    .action(async (file: string, options: RunFlags) => {
      const { archivedAs } = options;
      if (archivedAs !== undefined) {
        const refusal = archivedAs.includes('/') ? 'it is a path' : refusalOfName(archivedAs);
        if (refusal !== null) program.error(`error: --archived-as can't be a job: ${refusal}.`);
      }
      const { runFile } = await import('./run.command.ts');
      end(await runFile(file, options, await configured(program)));
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
      const { submit } = await import('./submit.command.ts');
      await configured(program);
      end(await submit(file, resolve(folder)));
    });
}

/** Commands for checks and help, and the dashboard. None of them makes proxies for a watch folder. */
export function addHelpCommands(program: Command, end: End) {
  program
    .command('doctor')
    .description('say what is installed, what is missing, what would fail')
    .argument('[folder]', 'a watch folder to check too')
    .option('--render-test [directory]', 'let Resolve render test clips there; default: here')
    .option('--clip <path>', 'a clip of yours for the render test')
    .option('--kit <directory>', 'make clips, proxies and checklists for each editing system there')
    .option('--prove', 'make and compare proxies of every kind, to prove this FFmpeg')
    .action(async (folder: string | undefined, options: DoctorOptions) => {
      if (options.prove === true) {
        const { proveFfmpeg } = await import('./doctor.command.ts');
        const absolute = folder === undefined ? '' : resolve(folder);
        return end(await proveFfmpeg(await configured(program), absolute));
      }
      if (options.kit !== undefined) {
        const { makeKit } = await import('./kit.command.ts');
        return end(await makeKit(program, resolve(options.kit)));
      }
      const { doctor } = await import('./doctor.command.ts');
      end(await doctor(await configured(program), folder, renderTestOf(options)));
    });
  program
    .command('dashboard')
    .description('show watch folders on a read-only page; dashboard --help lists its options')
    .argument('[folders...]', 'watch folders, each as FOLDER or NAME=FOLDER')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (_folders, _options, { args }: Command) => {
      const { main } = (await import(new URL('scripts/dashboard.mjs', PACKAGE_ROOT).href)) as Page;
      await main(args);
    });
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('[document]', 'jobspec or result')
    .action(async (document: string | undefined) => {
      const { printSchema } = await import('./schema.command.ts');
      end(printSchema(document));
    });
  program
    .command('completion')
    .description('print a script that lets a shell complete commands and flags')
    .addArgument(new Argument('<shell>', 'bash or zsh').choices(SHELLS))
    .addHelpText('after', COMPLETION_HELP)
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('./completion.command.ts');
      printText(completionScript(program, shell));
    });
}

/** Program of the dashboard. It stands alone, because the dashboard's image doesn't contain the runner. */
interface Page {
  main: (args: readonly string[]) => Promise<void>;
}

interface DoctorOptions {
  renderTest?: string | true;
  clip?: string;
  kit?: string;
  prove?: true;
}

/** `--clip` alone implies a render test. */
function renderTestOf({ renderTest, clip }: DoctorOptions) {
  if (renderTest === undefined && clip === undefined) return null;
  const directory = typeof renderTest === 'string' ? renderTest : '.';
  return { directory: resolve(directory), clip: clip === undefined ? null : resolve(clip) };
}

/** Shells with a completion script. */
const SHELLS = ['bash', 'zsh'] as const;

const COMPLETION_HELP = `
Examples:
  source <(watch-folder-runner completion bash)
  watch-folder-runner completion zsh > ~/.zfunc/_watch-folder-runner
`;
