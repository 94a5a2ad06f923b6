import { fsyncSync, writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { withoutControls } from '@app/jobspec';

/** Settles when the last write to stdout has succeeded or failed. */
let last = Promise.resolve();
/** First error on stdout since the last {@link printed}. */
let problem: NodeJS.ErrnoException | null = null;

/**
 * Prints lines to stdout, as everything but the log does. Paths and file contents are untrusted, so control characters are printed as
 * escapes. {@link printed} reports whether everything was written.
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
 * Waits until everything printed has reached stdout. Syncs a file, because a share may report errors only then.
 *
 * @returns the system's error, once; `null` for success.
 */
export async function printed(): Promise<NodeJS.ErrnoException | null> {
  await last;
  const found = problem ?? syncProblem();
  problem = null;
  return found;
}

/** Prints messages to stderr. */
export function complain(...lines: readonly string[]): void {
  if (lines.length > 0) Progress.clearLine();
  process.stderr.write(textOf(lines));
}

/** Prints a refusal to stderr for people, and as JSON to stdout for programs if requested. */
export function refuse(lines: readonly string[], asJson: boolean): void {
  complain(...lines);
  if (asJson) printLines([JSON.stringify({ error: lines })]);
}

/** Text of several lines, with all control characters but line breaks as escapes. */
export function printableText(text: string): string {
  return text.split('\n').map(withoutControls).join('\n');
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${withoutControls(line)}\n`).join('');
}

/**
 * Error of syncing stdout, if it is a file: a full NFS or CIFS share may accept bytes and report the error later. Devices and some file
 * systems can't be synced, which is no error.
 */
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

/** True if stdout is a file or a device. Pipes, sockets and terminals write everything or report an error. */
function isFileStdout(): boolean {
  return !(process.stdout instanceof Socket);
}

/**
 * If stdout is a file, makes it write every byte or fail. Node's own stream writes once and ignores how many bytes the system
 * accepted, so output to a nearly full disk could be lost without an error.
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

/** Minimum interval between updates, in milliseconds. */
const PAUSE = 100;
const CLEAR_LINE = '\r\u001B[K';

/** Progress line on a terminal. Writes nothing to a pipe or a file. */
export class Progress {
  /** Instance whose line is on the terminal. */
  static #shown: Progress | null = null;
  /** Suppresses all progress lines (`--quiet`). */
  static isQuiet = false;
  readonly #isTerminal: boolean;
  #last = -Infinity;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {
    this.#isTerminal = stream.isTTY;
  }

  /** @param text called only if the line is written. */
  show(text: () => string) {
    const now = performance.now();
    if (!this.#isTerminal || Progress.isQuiet || now - this.#last < PAUSE) return;
    this.#last = now;
    Progress.#shown = this;
    // A line that wraps could not be cleared again.
    this.stream.write(
      CLEAR_LINE + withoutControls(text()).slice(0, (this.stream.columns || Infinity) - 1),
    );
  }

  /** Clears the line. */
  end() {
    if (Progress.#shown === this) Progress.clearLine();
  }

  /** Clears any progress line to make room for a permanent one. */
  static clearLine() {
    Progress.#shown?.stream.write(CLEAR_LINE);
    Progress.#shown = null;
  }
}
