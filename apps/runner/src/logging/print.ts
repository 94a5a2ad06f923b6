import { fsyncSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { withoutControls } from '@app/jobspec';

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
  if (lines.length > 0) Progress.clearLine();
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

/** Pipes, sockets and terminals write all or say that they can't. All else has a file's stream. */
function isFileStdout(): boolean {
  return !(process.stdout instanceof Socket);
}

/**
 * Lets a stdout that is a file take all that is written, or fail. Node's own stream writes once and doesn't look at how many bytes
 * the system took, so what a nearly full disk has no room for would be missing without an error.
 */
export function writeStdoutWhole(): void {
  if (!isFileStdout()) return;
  const { fd } = process.stdout;
  const write = (chunk: Uint8Array, _encoding: string, done: (error?: Error) => void) => {
    try {
      writeFileSync(fd, chunk);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  Object.defineProperty(process.stdout, '_write', { value: write });
}

/** A line is written this often at most, in milliseconds. */
const PAUSE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** One line on a terminal that says how far something is. Where nobody looks, in a pipe or a log, it says nothing. */
export class Progress {
  /** The one that has a line on the terminal. */
  static #shown: Progress | null = null;
  /** Nobody wants to see how far it is. */
  static isQuiet = false;
  readonly #isSeen: boolean;
  #last = -Infinity;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.#isSeen = stream.isTTY;
  }

  /** @param text made only when it is shown. */
  show(text: () => string) {
    const now = performance.now();
    if (!this.#isSeen || Progress.isQuiet || now - this.#last < PAUSE) return;
    this.#last = now;
    Progress.#shown = this;
    // A line that is longer than the terminal is wide could not be taken away again.
    this.stream.write(
      CLEAR_LINE + withoutControls(text()).slice(0, (this.stream.columns || Infinity) - 1),
    );
  }

  /** Takes the line away. */
  end() {
    if (Progress.#shown === this) Progress.clearLine();
  }

  /** Takes away what is shown, for a line that stays. */
  static clearLine() {
    Progress.#shown?.stream.write(CLEAR_LINE);
    Progress.#shown = null;
  }
}
