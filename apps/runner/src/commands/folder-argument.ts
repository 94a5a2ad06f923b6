import { isDirectory } from '../files/index.ts';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { nearest, printable } from '../text/index.ts';

/**
 * The watch folder that a command line names. A bare word that is no directory here is taken for a misspelt command: a slip must
 * not become a watch folder.
 *
 * @returns an absolute path.
 * @throws CommanderError with a sentence.
 */
export async function watchFolderArgument(program: Command): Promise<string> {
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

/** Has no separator of any system. */
function isWord(argument: string): boolean {
  return !/[/\\]/.test(argument);
}

function refusal(word: string, program: Command): string {
  const commands = [...program.commands.map((command) => command.name()), 'help'];
  const meant = nearest(word, commands);
  const advice = meant === null ? `Commands are ${commands.join(', ')}.` : `Did you mean ${meant}?`;
  return `error: ${printable(word)} is neither a command nor a directory here. ${advice}`;
}
