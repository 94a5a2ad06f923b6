import { isUnprintable } from './words.ts';

/**
 * Command on one line, to be pasted into a POSIX shell, which then runs exactly these words.
 *
 * @param operands further words, which the program must not take for options, whatever they begin with.
 */
export function shellCommand(words: readonly string[], operands: readonly string[] = []): string {
  const end = operands.some((operand) => operand.startsWith('-')) ? ['--'] : [];
  const command = [...words, ...end, ...operands].map(quotedForShell).join(' ');
  return isUnprintable(command) ? `eval "$(printf '${escapedForPrintf(command)}')"` : command;
}

/** Zsh replaces a word that begins with `=`. */
const NEEDS_NO_QUOTES = /^(?!=)[\w@%+=:,./-]+$/;

function quotedForShell(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Only escapes can stand for a newline or an invisible character that is kept on one line and seen; each byte of UTF-8 has its own. */
function escapedForPrintf(text: string): string {
  return text.replaceAll(/[^\w@+=:,./ -]/gu, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
    ).join(''),
  );
}
