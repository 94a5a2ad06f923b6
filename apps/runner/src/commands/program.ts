import type { Command } from 'commander';
import { addRunnerOptions } from '../config/runner-options.ts';
import { OWN_VERSION } from '../config/version.ts';
import { printableText, printText } from '../text/index.ts';
import { configured, type End } from './configured.ts';
import { watchFolderArgument } from './folder-argument.ts';
import { addHelpCommands } from './help-commands.ts';
import { HelpfulCommand } from './helpful-command.ts';
import { addJobCommands } from './job-commands.ts';
import { addMediaCommands } from './media-commands.ts';

export { CommanderError } from 'commander';

/**
 * The command line: what can be said, and which command it is. Each command is loaded when it is run, so that none waits for
 * what only another needs.
 */
export function createProgram(end: End): Command {
  const program: Command = new HelpfulCommand('watch-folder-runner')
    .description(
      'Turns JobSpecs dropped into <folder>/pending into verified proxies and result files.',
    )
    .version(OWN_VERSION, '-V, --version', 'print the versions of the runner, Node and FFmpeg')
    .argument('<folder>', 'root of the watch folder')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: printText,
      outputError: (text, write) => write(printableText(text)),
    })
    .showHelpAfterError('(--help tells more)')
    .addHelpText('after', EXAMPLES_HELP + EXIT_CODES_HELP);
  addRunnerOptions(program).action(async () => {
    const folder = await watchFolderArgument(program);
    const { watch } = await import('./watch.command.ts');
    end(await watch(await configured(program, folder)));
  });
  addJobCommands(program, end);
  addMediaCommands(program, end);
  addHelpCommands(program, end);
  // Commands refuse what is too much by themselves; only the folder may turn out to be a misspelt command.
  return program.allowExcessArguments();
}

const EXAMPLES_HELP = `
Examples:
  watch-folder-runner plan /mnt/raid/A001 --output /mnt/raid/proxies --codec prores_proxy --submit /mnt/raid/watch
  watch-folder-runner /mnt/raid/watch --once --max-workers 2
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists
`;

const EXIT_CODES_HELP = `
Exit codes:
  0  all is well; a service: it was stopped by a signal
  1  --once, run, validate, submit: a job failed or is invalid; submit: its name is taken; doctor: something is missing;
     plan: something was not planned; handover: you should look at something
  2  a flag, a variable or a command is wrong; run, submit, validate: the JobSpec cannot be read
  3  another runner holds the folder
  4  the folder cannot be used, or the system refuses what the runner needs; run: a required path is missing
`;
