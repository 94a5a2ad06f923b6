import { Command, type ErrorOptions } from 'commander';

/** A command that also finds a flag of which only a word was given: `--workers` for `--max-workers`. */
export class HelpfulCommand extends Command {
  override createCommand(name?: string): Command {
    return new HelpfulCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    const [, flag = ''] = /^error: unknown option '--([\w-]+)'$/.exec(message) ?? [];
    const meant = flag === '' ? null : this.#flagWith(flag);
    return super.error(meant === null ? message : `${message}\n(Did you mean ${meant}?)`, options);
  }

  /** The one flag that has these words among its own; `null` for none or several. */
  #flagWith(words: string): string | null {
    const known = longFlagsOf(this);
    const [first, ...others] = known.filter((long) => `${long.slice(1)}-`.includes(`-${words}-`));
    return first !== undefined && others.length === 0 ? first : null;
  }
}

/** Of a command and those that it belongs to. */
function longFlagsOf(command: Command | null): string[] {
  if (command === null) return [];
  return [...command.options.flatMap(({ long }) => long ?? []), ...longFlagsOf(command.parent)];
}
