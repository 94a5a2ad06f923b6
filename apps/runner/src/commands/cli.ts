import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { doctor } from './doctor.command.ts';
import { runFile } from './run.command.ts';
import { printSchema } from './schema.command.ts';
import { submit } from './submit.command.ts';
import { validateFiles } from './validate.command.ts';
import { printOtherVersions } from './version.command.ts';
import { watch } from './watch.command.ts';
import { SettingsError } from '../config/read-settings.ts';
import { addRunnerOptions, givenBy } from '../config/runner-options.ts';
import { configure, type Configuration } from '../config/settings.module.ts';
import { RUNNER_VERSION } from '../config/version.ts';
import { ExitCode } from './exit-code.ts';

/**
 * Runs the command line.
 *
 * @param argv as `process.argv`.
 * @returns the exit code.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.Success;
  const program = createProgram((code) => (exitCode = code));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') await printOtherVersions();
    return error.exitCode === 0 ? ExitCode.Success : ExitCode.Usage;
  }
  return exitCode;
}

function createProgram(end: (exitCode: number) => void): Command {
  const program = new Command('watch-folder-runner')
    .description(
      'Turns JobSpecs dropped into <folder>/pending into verified proxies and result files.',
    )
    .version(`watch-folder-runner ${RUNNER_VERSION}`)
    .argument('<folder>', 'root of the watch folder')
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', EXIT_CODES_HELP);
  addRunnerOptions(program).action(async (folder: string) =>
    end(await watch(await configured(program, namedFolder(program, folder)))),
  );
  program
    .command('run')
    .description('run one JobSpec without a watch folder; the result goes to stdout')
    .argument('<jobspec>', 'a JobSpec file')
    .action(async (file: string) => end(await runFile(file, await configured(program))));
  program
    .command('validate')
    .description('make every check and the routing, execute and write nothing')
    .argument('<jobspec...>', 'JobSpec files')
    .option('--json', 'print one JSON object per file')
    .action(async (files: string[], options: { json?: boolean }) =>
      end(await validateFiles(files, options.json ?? false, await configured(program))),
    );
  program
    .command('submit')
    .description('check a JobSpec and drop it into a watch folder; nothing is ever replaced')
    .argument('<jobspec>', 'a JobSpec file')
    .argument('<folder>', 'root of the watch folder')
    .action(async (file: string, folder: string) =>
      end(await submit(file, namedFolder(program, folder))),
    );
  program
    .command('doctor')
    .description('tell what is installed, what is missing, what would fail')
    .argument('[folder]', 'a watch folder to look at too')
    .option('--render-test [directory]', 'let Resolve render six test clips there; default: here')
    .action(async (folder: string | undefined, options: { renderTest?: string | true }) =>
      end(await doctor(await configured(program), folder, renderFolderOf(options.renderTest))),
    );
  program
    .command('schema')
    .description('print a JSON Schema')
    .argument('<document>', 'jobspec or result')
    .action((document: string) => end(printSchema(document)));
  return program;
}

/** @param folder absolute; commands without a watch folder have none. */
async function configured(program: Command, folder = ''): Promise<Configuration> {
  try {
    return await configure({ ...givenBy(program), folder });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return program.error(error.lines.map((line) => `error: ${line}`).join('\n'));
  }
}

/** An unset variable in a script must not turn the current directory into a watch folder. */
function namedFolder(program: Command, folder: string): string {
  if (folder === '') program.error('error: <folder> is empty. Name the watch folder.');
  return resolve(folder);
}

function renderFolderOf(renderTest: string | true | undefined): string | null {
  return renderTest === undefined ? null : resolve(renderTest === true ? '.' : renderTest);
}

const EXIT_CODES_HELP = `
Exit codes:
  0  success; a service: clean stop by a signal
  1  --once, run, validate, submit: a job failed or is invalid; submit: its name is taken; doctor: something is missing
  2  usage or configuration; run, submit: the JobSpec cannot be read
  3  another runner holds the folder
  4  the folder cannot be used; run: a required path is missing
`;
