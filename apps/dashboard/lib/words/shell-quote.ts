const SAFE = /^[\w@%+=:,./-]+$/u;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\0-\u001F\u007F]/u;

/** A command line that Bash, Zsh and Dash (but for control characters) take apart into exactly these arguments. */
export function shellCommand(command: readonly string[]): string {
  return command.map(shellQuote).join(' ');
}

export function shellQuote(argument: string): string {
  if (SAFE.test(argument)) return argument;
  if (!CONTROL.test(argument)) return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
  // Only this form keeps a newline or an escape in a name on one line, and harmless when pasted.
  return `$'${argument.replaceAll(/[\\']/gu, String.raw`\$&`).replaceAll(new RegExp(CONTROL, 'gu'), escaped)}'`;
}

function escaped(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
