import { resolve } from 'node:path';
import { Command } from 'commander';
import { SettingsError } from '../config/read-settings.ts';
import { addRunnerOptions, givenBy } from '../config/runner-options.ts';
import type { Configuration } from '../config/settings.module.ts';
import { OWN_VERSION } from '../config/version.ts';
import type { PlanFlags } from '../plan/plan-flags.ts';
import { printableText } from '../text/index.ts';
import type { HandoverOptions } from './handover.command.ts';
import { watchFolderArgument } from './folder-argument.ts';

export { CommanderError } from 'commander';

/** Told the exit code of the command that was run. */
type End = (exitCode: number) => void;

/**
 * The command line: what can be said, and which command it is. Each command is loaded when it is run, so that none waits for
 * what only another needs.
 */
export function createProgram(end: End): Command {
  const program = new Command('watch-folder-runner')
    .description(
      'Turns JobSpecs dropped into <folder>/pending into verified proxies and result files.',
    )
    .version(OWN_VERSION, '-V, --version', 'print the versions of the runner, Node and FFmpeg')
    .argument('<folder>', 'root of the watch folder')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(printableText(text)),
    })
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', EXIT_CODES_HELP);
  addRunnerOptions(program).action(async () => {
    const folder = await watchFolderArgument(program);
    const { watch } = await import('./watch.command.ts');
    end(await watch(await configured(program, folder)));
  });
  addJobCommands(program, end);
  addPlanCommand(program, end);
  addHandover(program, end);
  addOtherCommands(program, end);
  // Commands refuse what is too much by themselves; only the folder may turn out to be a misspelt command.
  return program.allowExcessArguments();
}

function addPlanCommand(program: Command, end: End) {
  program
    .command('plan')
    .description('look through cards and folders and make the JobSpecs of their proxies')
    .argument('<media...>', 'cards, folders or clips')
    .requiredOption('--output <directory>', 'where proxies go; the folders of each card below it')
    .requiredOption('--codec <codec>', 'of the proxies (repeatable)', collected)
    .option('--container <container>', 'of the proxies (default: the first that the codec allows)')
    .option('--resolution <resolution>', 'same, half, quarter or WIDTHxHEIGHT', 'half')
    .option(
      '--naming <template>',
      'names of the proxies (default: {source_name}; {source_name}_{codec} for codecs that share a container)',
    )
    .option('--flat', 'put all proxies into one folder')
    .option('--write <directory>', 'write the JobSpecs there')
    .option('--submit <folder>', 'drop the JobSpecs into this watch folder')
    .option(
      '--check-mhl',
      'compare sources with the hash lists beside them, leave out what differs',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', PLAN_HELP)
    .action(async (media: string[], flags: PlanFlags) => {
      const { plan } = await import('./plan.command.ts');
      end(await plan(media, flags, await configured(program)));
    });
}

function collected(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}

function addJobCommands(program: Command, end: End) {
  program
    .command('run')
    .description('run one JobSpec without a watch folder; the result goes to stdout')
    .argument('<jobspec>', 'a JobSpec file')
    .action(async (file: string) => {
      const { runFile } = await import('./run.command.ts');
      end(await runFile(file, await configured(program)));
    });
  program
    .command('validate')
    .description('make every check and the routing, execute and write nothing')
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
      end(await submit(file, resolve(folder)));
    });
}

function addOtherCommands(program: Command, end: End) {
  program
    .command('doctor')
    .description('tell what is installed, what is missing, what would fail')
    .argument('[folder]', 'a watch folder to look at too')
    .option('--render-test [directory]', 'let Resolve render six test clips there; default: here')
    .action(async (folder: string | undefined, options: { renderTest?: string | true }) => {
      const { doctor } = await import('./doctor.command.ts');
      end(await doctor(await configured(program), folder, renderFolderOf(options.renderTest)));
    });
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('<document>', 'jobspec or result')
    .action(async (document: string) => {
      const { printSchema } = await import('./schema.command.ts');
      end(printSchema(document));
    });
}

function addHandover(program: Command, end: End) {
  program
    .command('handover')
    .description(
      'write ASC MHL, ALE, CSV and a page of what a watch folder has made, from its results',
    )
    .argument('<folder>', 'root of the watch folder')
    .option('--output <directory>', 'where ALE, CSV and page go', '.')
    .option('--day <day>', 'only jobs that ended on this day, such as 2026-11-25')
    .option('--jobs <job...>', 'only these jobs, by name or job id')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, options: HandoverOptions) => {
      const { handover } = await import('./handover.command.ts');
      end(await handover(folder, options));
    });
}

/** @param folder absolute; commands without a watch folder have none. */
async function configured(program: Command, folder = ''): Promise<Configuration> {
  const { configure } = await import('../config/settings.module.ts');
  try {
    return await configure({ ...givenBy(program), folder });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return program.error(error.lines.map((line) => `error: ${line}`).join('\n'));
  }
}

function renderFolderOf(renderTest: string | true | undefined): string | null {
  return renderTest === undefined ? null : resolve(renderTest === true ? '.' : renderTest);
}

const PLAN_HELP = `
Without --write and --submit nothing is written. Clips whose proxy is there are left out. Exit code 1 says that something was not
planned: a clip that no engine takes, is still being written or differs from its hash list, names that collide, or no clip at all.
`;

const EXIT_CODES_HELP = `
Exit codes:
  0  success; a service: clean stop by a signal
  1  --once, run, validate, submit: a job failed or is invalid; submit: its name is taken; doctor: something is missing;
     plan: something was not planned
  2  usage or configuration; run, submit, validate: the JobSpec cannot be read
  3  another runner holds the folder
  4  the folder cannot be used, or the system refuses what the runner needs; run: a required path is missing
`;
