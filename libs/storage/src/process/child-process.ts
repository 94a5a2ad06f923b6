import type { ChildProcess, StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { withNames } from '../files/system-error.ts';
import { type Argv, boundToThisProcess, checkExecuted, startProgram } from './start-program.ts';
import { knownEnvironment } from './environment.ts';
import { MARKED_ENVIRONMENT, startOrphanGuard } from './orphan-guard.ts';
import { type Ending, PROGRAM_MARK, ProgramEnd, Progress, StallWatchdog } from './program-end.ts';

/** At most this much of what a program writes to stderr goes into a result. */
const MAX_STDERR_BYTES = 64 * 1024;

export interface ProcessOptions {
  /** Ends the program when aborted. */
  signal?: AbortSignal | undefined;
  /** Seconds without progress after which the program is ended as stalled; 0 waits for ever. */
  stallSeconds: number;
  /** Instead of {@link knownEnvironment}. */
  environment?: Readonly<NodeJS.ProcessEnv>;
  /** What counts as progress, told by the readers. Without it, each chunk of stdout does. */
  progress?: Pick<Progress, 'movements' | 'moved'>;
  /** A file that the program writes: it moves as long as that changes, too. */
  writes?: string;
  onStdout?: Reader;
  /** Told each chunk of stderr, of which the outcome has the last part. */
  onStderr?: Reader;
  /** Told what comes on further pipes, which the program has as descriptors 3, 4 and so on. */
  pipes?: readonly Reader[];
}

export interface ProcessOutcome {
  /** `null` when the program was ended by a signal. */
  exitCode: number | null;
  /** The signal that ended the program, for example `SIGKILL`. */
  endedBy: string | null;
  stalled: boolean;
  /** The last part of it. */
  stderr: string;
}

/**
 * Runs a program to its end, without a shell and without stdin. It gets a process group of its own, so a terminal's
 * Ctrl-C doesn't reach it. Nothing that it starts outlives it, and it doesn't outlive the runner. Its environment is
 * {@link knownEnvironment}, unless another one is given.
 *
 * @throws JobFailure `program_not_started`, whatever the reason; what a reader throws.
 */
export async function runProcess(argv: Argv, options: ProcessOptions): Promise<ProcessOutcome> {
  await startOrphanGuard();
  const { onStdout = drop, onStderr = drop, pipes = [], progress = new Progress() } = options;
  const id = randomUUID();
  const child = await start(argv, options, id);
  const ending = new ProgramEnd(child, id);
  const end = () => ending.ask();
  const watchdog = new StallWatchdog(options.stallSeconds, progress, end, options.writes);
  const stderr = new TailBuffer(MAX_STDERR_BYTES);
  const readers = new ReaderGuard(end);
  const follow = (pipe: NodeJS.EventEmitter | null | undefined, read: Reader) =>
    pipe?.on('data', readers.guarded(read));
  if (options.progress === undefined) child.stdout?.on('data', () => progress.moved());
  child.stderr?.on('data', (chunk: Uint8Array) => stderr.append(chunk));
  follow(child.stdout, onStdout);
  follow(child.stderr, onStderr);
  for (const [index, read] of pipes.entries()) follow(child.stdio[3 + index], read);
  // How a program ends says enough of a pipe that breaks.
  for (const pipe of child.stdio) pipe?.on('error', drop);
  options.signal?.addEventListener('abort', end, { once: true });
  if (options.signal?.aborted) end();
  const [exitCode, endedBy] = await Promise.race([endOf(child), ending.leftAlone]);
  ending.clear();
  watchdog.clear();
  options.signal?.removeEventListener('abort', end);
  readers.throwIfThrown();
  const outcome = { exitCode, endedBy, stderr: withNames(stderr.toString()) };
  checkExecuted(argv, outcome);
  return { ...outcome, stalled: watchdog.fired };
}

async function start(argv: Argv, { environment, pipes = [] }: ProcessOptions, id: string) {
  const known = environment ?? knownEnvironment();
  const options = {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes.map(() => 'pipe' as const)] as StdioOptions,
    detached: true,
    env: { ...known, ...MARKED_ENVIRONMENT, [PROGRAM_MARK]: id },
  };
  return startProgram(await boundToThisProcess(argv), options, argv[0]);
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => child.once('close', (...how: Ending) => resolve(how)));
}

/** What nobody reads must not fill a pipe. */
const drop = () => undefined;

const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']);

/** Whether a program crashed, which it does each time it is run so; who ends it does it once. */
export function hasCrashed({ endedBy }: Pick<ProcessOutcome, 'endedBy'>): boolean {
  return endedBy !== null && CRASHES.has(endedBy);
}

/** Takes what a program writes. When it throws, the program is ended. */
type Reader = (chunk: Uint8Array) => void;

/** Keeps what a reader throws within its program: out of the handler of a pipe it would end the runner, with all of its jobs. */
class ReaderGuard {
  #thrown: unknown[] = [];

  constructor(private readonly end: () => void) {}

  /** The same reader, which isn't called any more once one has thrown. */
  guarded(read: Reader): Reader {
    return (chunk) => {
      if (this.#thrown.length > 0) return;
      try {
        read(chunk);
      } catch (error) {
        this.#thrown.push(error);
        this.end();
      }
    };
  }

  /** @throws what the first reader has thrown. */
  throwIfThrown(): void {
    if (this.#thrown.length > 0) throw this.#thrown[0];
  }
}

/** Keeps the last bytes of a stream of text, so that a flood costs no memory. */
export class TailBuffer {
  #chunks: Uint8Array[] = [];
  #length = 0;

  constructor(private readonly maxBytes: number) {}

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length > 2 * this.maxBytes) this.#compact();
  }

  /** The last part as text; bytes that aren't UTF-8 are replaced. */
  toString(): string {
    this.#compact();
    return new TextDecoder().decode(this.#chunks[0]);
  }

  #compact() {
    const tail = Buffer.concat(this.#chunks).subarray(-this.maxBytes);
    this.#chunks = [Buffer.from(tail)];
    this.#length = tail.length;
  }
}
