const SAFE = /^[\w@%+=:,./-]+$/u;
// oxlint-disable-next-line no-control-regex -- matched on purpose
const CONTROL = /[\0-\u001F\u007F]/u;

/** Command line for Bash, Zsh and (without control characters) Dash. */
export function shellCommand(command: readonly string[]): string {
  return command.map(shellQuote).join(' ');
}

export function shellQuote(argument: string): string {
  if (SAFE.test(argument)) return argument;
  if (!CONTROL.test(argument)) return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
  // ANSI-C quoting keeps control characters on one line and harmless when pasted.
  return `$'${argument.replaceAll(/[\\']/gu, String.raw`\$&`).replaceAll(new RegExp(CONTROL, 'gu'), escaped)}'`;
}

function escaped(character: string): string {
  return `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
