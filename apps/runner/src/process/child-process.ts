import { randomUUID } from 'node:crypto';
import { JobFailure } from '@app/jobspec';
import { errorMessage, withNames } from '../files/index.ts';
import { knownEnvironment, PROGRAM_DIRECTORY } from './environment.ts';
import { loadExeca } from './load-execa.ts';
import { MARKED_ENVIRONMENT, startOrphanGuard } from './orphan-guard.ts';
import { boundToThisProcess, type Argv } from './parent-death.ts';
import { PROGRAM_MARK, ProgramEnd } from './program-end.ts';
import { Progress } from './progress.ts';
import { type Reader, ReaderGuard } from './reader-guard.ts';
import { StallWatchdog } from './stall-watchdog.ts';
import { TailBuffer } from './tail-buffer.ts';

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
  progress?: Progress;
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
 * @throws JobFailure `EngineError` when the program can't be started; what a reader throws.
 */
export async function runProcess(argv: Argv, options: ProcessOptions): Promise<ProcessOutcome> {
  startOrphanGuard();
  const { onStdout = drop, onStderr = drop, pipes = [], progress = new Progress() } = options;
  const known = environmentOf(options);
  const [command, ...args] = await boundToThisProcess(argv);
  const id = randomUUID();
  const { execa } = await loadExeca();
  const child = execa(command, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes.map(() => 'pipe' as const)],
    encoding: 'buffer',
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    extendEnv: false,
    env: { ...known, ...MARKED_ENVIRONMENT, [PROGRAM_MARK]: id },
    cwd: PROGRAM_DIRECTORY,
  });
  const ending = new ProgramEnd(child, id);
  const end = () => ending.ask();
  const watchdog = new StallWatchdog(options.stallSeconds, progress, end, options.writes);
  const stderr = new TailBuffer(MAX_STDERR_BYTES);
  const readers = new ReaderGuard(end);
  const follow = (pipe: NodeJS.EventEmitter | null | undefined, read: Reader) =>
    pipe?.on('data', readers.guarded(read));
  if (options.progress === undefined) child.stdout.on('data', () => progress.moved());
  child.stderr.on('data', (chunk: Uint8Array) => stderr.append(chunk));
  follow(child.stdout, onStdout);
  follow(child.stderr, onStderr);
  for (const [index, read] of pipes.entries()) follow(child.stdio[3 + index], read);
  options.signal?.addEventListener('abort', end, { once: true });
  if (options.signal?.aborted) end();
  const result = await Promise.race([child, ending.leftAlone]);
  ending.clear();
  watchdog.clear();
  options.signal?.removeEventListener('abort', end);
  readers.throwIfThrown();
  const { exitCode = null, signal: endedBy = null } = result;
  if (exitCode === null && endedBy === null) throw notStarted(argv[0], result.cause);
  return { exitCode, endedBy, stalled: watchdog.fired, stderr: withNames(stderr.toString()) };
}

function environmentOf({ environment }: ProcessOptions): Readonly<NodeJS.ProcessEnv> {
  return environment ?? knownEnvironment();
}

/** What nobody reads must not fill a pipe. */
const drop: Reader = () => undefined;

function notStarted(command: string, cause: unknown): JobFailure {
  return new JobFailure(
    'program_not_started',
    { program: command, error: errorMessage(cause) },
    { cause },
  );
}
