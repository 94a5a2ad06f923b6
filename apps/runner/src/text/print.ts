import { fsyncSync } from 'node:fs';
import { isFileStdout } from './whole-stdout.ts';
import { withoutControls } from './printable.ts';

/** Settles when the last that was printed on stdout is there, or never will be. */
let last = Promise.resolve();
/** The first thing that went wrong on stdout since somebody asked. */
let problem: NodeJS.ErrnoException | null = null;

/**
 * The one place where commands print. Paths and the contents of files are never trusted: a control character in a line is shown
 * as an escape. {@link printed} tells whether all of it came to stdout.
 */
export function printLines(lines: readonly string[]): void {
  const text = textOf(lines);
  last = new Promise((done) => {
    process.stdout.write(text, (error) => {
      problem ??= error ?? null;
      done();
    });
  });
}

/** Prints text of several lines. */
export function printText(text: string): void {
  printLines(text.replace(/\n$/, '').split('\n'));
}

/**
 * Waits until all that was printed is where stdout leads to, in a file also safe from what a share tells only then.
 *
 * @returns the system's error where it isn't; told once.
 */
export async function printed(): Promise<NodeJS.ErrnoException | null> {
  await last;
  const found = problem ?? syncProblem();
  problem = null;
  return found;
}

/** Says on stderr why a command does nothing. */
export function complain(...lines: readonly string[]): void {
  process.stderr.write(textOf(lines));
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

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${withoutControls(line)}\n`).join('');
}

/** A full NFS or CIFS share may take bytes and refuse them later. Devices, and some file systems, have nothing to sync. */
function syncProblem(): NodeJS.ErrnoException | null {
  if (!isFileStdout()) return null;
  try {
    fsyncSync(process.stdout.fd);
    return null;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return ['EINVAL', 'ENOTSUP'].includes(code) ? null : (error as NodeJS.ErrnoException);
  }
}
