import { withoutControls } from './printable.ts';

/**
 * The one place where commands print. Paths and the contents of files are never trusted: a control character in a line is shown
 * as an escape.
 */
export function printLines(
  lines: readonly string[],
  stream: NodeJS.WritableStream = process.stdout,
) {
  for (const line of lines) stream.write(`${withoutControls(line)}\n`);
}

/** Says on stderr why a command does nothing. */
export function complain(...lines: readonly string[]): void {
  printLines(lines, process.stderr);
}

/** Says why a command does nothing, to people on stderr and, when that is asked for, to programs on stdout. */
export function refuse(lines: readonly string[], asJson: boolean): void {
  complain(...lines);
  if (asJson) printLines([JSON.stringify({ error: lines })]);
}

/** Text of several lines, without a control character but the ends of its lines. */
export function printableText(text: string): string {
  return text.split('\n').map(withoutControls).join('\n');
}

/** Prints a command's answer on stdout. Whoever reads it may go away. @throws the system's error for a full disk and the like. */
export async function printAnswer(text: string): Promise<void> {
  await printWhole(text).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Prints text of several lines on stdout. @throws the system's error when it can't be written there. */
export function printWhole(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(`${printableText(text)}\n`, (error) => {
      if (error) fail(error);
      else done();
    });
  });
}
