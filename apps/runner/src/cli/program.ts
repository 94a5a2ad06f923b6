import { resolve } from 'node:path';
import { Command } from 'commander';
import { addRunnerOptions } from '../config/runner-options.ts';
import { OWN_VERSION, isDirectory } from '@app/storage';
import { printable } from '@app/jobspec';
import { printableText, printText, Progress } from '../logging/print.ts';
import { configured, type End } from './configured.ts';
import { EXIT_CODES_HELP } from './exit-code.ts';
import { addHelpCommands, addJobCommands } from './job-commands.ts';
import { addMediaCommands } from './media-commands.ts';
import { nearest } from '../config/nearest.ts';

export { CommanderError } from 'commander';

/** Command line of the runner. The module of a command is loaded only when the command runs. */
export function createProgram(end: End): Command {
  const program: Command = new Command('watch-folder-runner')
    .description(
      'Turns JobSpecs dropped into <folder>/pending into verified proxies and result files.',
    )
    .version(
      OWN_VERSION,
      '-V, --version',
      'print the version of the runner; doctor prints those of Node and FFmpeg',
    )
    .argument('<folder>', 'root of the watch folder')
    .helpCommand('help [command]', 'print help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: printText,
      outputError: (text, write) => write(printableText(text)),
    })
    .showHelpAfterError('(see --help)')
    .addHelpText('after', `${EXAMPLES_HELP}\nExit codes:\n${EXIT_CODES_HELP}`)
    .option('-q, --quiet', 'show no progress')
    .hook('preAction', (_, command) => {
      refuseEmpty(command);
      Progress.isQuiet = program.getOptionValue('quiet') === true;
    });
  addRunnerOptions(program).action(async () => {
    const folder = await watchFolderArgument(program);
    const { watch } = await import('./watch.command.ts');
    end(await watch(await configured(program, folder)));
  });
  addJobCommands(program, end);
  addMediaCommands(program, end);
  addHelpCommands(program, end);
  // Commands check their own arguments; only the folder may turn out to be a misspelt command.
  return program.allowExcessArguments();
}

const EXAMPLES_HELP = `
Examples:
  watch-folder-runner make /mnt/raid/A001 --for resolve
  watch-folder-runner plan /mnt/raid/A001 --output /mnt/raid/proxies --codec prores_proxy --submit /mnt/raid/watch
  watch-folder-runner /mnt/raid/watch --once --max-workers 2
  watch-folder-runner handover /mnt/raid/watch --output /mnt/raid/lists
`;

/** Refuses empty arguments: an unset variable in a script must not name the current directory. Settings are checked elsewhere. */
function refuseEmpty(command: Command) {
  if (command.parent === null) return;
  const given = [
    ...command.registeredArguments.map((one, place) => [one.name(), command.processedArgs[place]]),
    ...command.options.map((one) => [one.long, command.getOptionValue(one.attributeName())]),
  ];
  for (const [name, value] of given)
    if ([value].flat().includes(''))
      command.error(`error: ${name} is empty. Name it, or leave it out.`);
}

/**
 * Watch folder named on the command line. A bare word that isn't a directory here is taken for a misspelt command, so that a typo
 * doesn't become a watch folder.
 *
 * @returns an absolute path.
 * @throws CommanderError with a sentence.
 */
async function watchFolderArgument(program: Command): Promise<string> {
  const [folder = '', ...others] = program.args;
  // An unset variable in a script must not turn the current directory into a watch folder.
  if (folder === '') program.error('error: <folder> is empty. Name the watch folder.');
  if (isWord(folder) && !(await isDirectory(folder))) program.error(refusal(folder, program));
  if (others.length > 0) {
    const { length } = program.args;
    program.error(`error: too many arguments. Expected 1 argument but got ${length}.`);
  }
  return resolve(folder);
}

/** True for text without a path separator of any system. */
function isWord(argument: string): boolean {
  return !/[/\\]/.test(argument);
}

function refusal(word: string, program: Command): string {
  const commands = [...program.commands.map((command) => command.name()), 'help'];
  const meant = nearest(word, commands);
  const advice = meant === null ? `Commands are ${commands.join(', ')}.` : `Did you mean ${meant}?`;
  return `error: ${printable(word)} is neither a command nor a directory here. ${advice}`;
}
