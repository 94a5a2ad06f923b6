import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  errorCode,
  errorMessage,
  startProgram,
  environment,
  endProcessGroup,
  killGroup,
  TailBuffer,
} from '@app/storage';
import {
  parseDriverEvent,
  type DriverCommand,
  type DriverError,
  type DriverEvent,
  type DriverRequest,
} from './driver-events.ts';

const DRIVER = fileURLToPath(new URL('driver/resolve-driver.py', import.meta.url));
/** Error codes of a program that is missing or not executable. */
const NO_PROGRAM: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'EACCES']);
const MAX_STDERR_BYTES = 64 * 1024;
/** Shortest limit for Python to start, in seconds: the machine may be busy. Exceeding it says nothing about Resolve. */
const BEGIN_SECONDS = 30;
const BEFORE_PHASES = 'python';
/** Limit for the driver to stop its render and clean up when the runner stops, in seconds. */
const STOP_SECONDS = 8;

export interface DriverOptions {
  python: string;
  request: DriverRequest;
  signal?: AbortSignal | undefined;
  /** Descriptor of a lock that the driver keeps open as long as it lives. */
  lock?: number | undefined;
  onEvent?: (event: DriverEvent) => void;
}

export interface DriverOutcome {
  /** Error that ended the command; `null` for success. Later errors are ignored: the next command cleans up. */
  error: DriverError | null;
  /** Phase in which Resolve didn't answer in time or didn't stop its render. Resolve isn't trusted until it answers again. */
  hungIn: string | null;
  exitCode: number | null;
  /** End of the driver's stderr. */
  stderr: string;
}

/**
 * One run of `resolve-driver.py`. Unlike encoders, the driver may outlive the runner: when its stdin ends it stops the render and
 * cleans up, and it ends itself if Resolve hangs. Calls to Resolve have no time limit, so each phase has one, which starts again with
 * every line of the driver.
 */
export class DriverProcess {
  #phase = BEFORE_PHASES;
  #phaseSeconds: number;
  #deadline: NodeJS.Timeout | undefined;
  #error: DriverError | null = null;
  #hasResult = false;
  #hungIn: string | null = null;
  #child: ChildProcess | null = null;
  readonly #stderr = new TailBuffer(MAX_STDERR_BYTES);

  constructor(private readonly options: DriverOptions) {
    this.#phaseSeconds = Math.max(BEGIN_SECONDS, options.request.phaseSeconds);
  }

  /**
   * Runs the driver until it ends, or at most a few seconds longer once `signal` is aborted.
   *
   * @throws JobFailure `program_not_started` if no program can be started; a missing Python is an outcome.
   */
  async outcome(): Promise<DriverOutcome> {
    const { signal } = this.options;
    const child = await this.#start();
    if (child === null) return { error: this.#error, hungIn: null, exitCode: null, stderr: '' };
    const done = new AbortController();
    let deadline: NodeJS.Timeout | undefined;
    const isTooSlow = new Promise<null>((leave) => {
      const stop = () => {
        this.send({ command: 'cancel' });
        deadline = setTimeout(() => leave(null), STOP_SECONDS * 1000);
      };
      signal?.addEventListener('abort', stop, { once: true, signal: done.signal });
      if (signal?.aborted) stop();
    });
    this.#restart();
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      this.#take(line),
    );
    child.once('exit', () => killGroup(child));
    const ended = once(child, 'close') as Promise<[number | null, string | null]>;
    const ending = await Promise.race([ended, isTooSlow]);
    clearTimeout(this.#deadline);
    clearTimeout(deadline);
    done.abort();
    if (ending === null) this.#letGo(child);
    const [exitCode, endedBy] = ending ?? [null, null];
    if (!this.#hasResult && this.#error === null) this.#explainEnd(exitCode ?? endedBy);
    const error = this.#hasResult ? null : this.#error;
    const stderr = this.#stderr.toString();
    return { error, hungIn: this.#hungIn, exitCode, stderr };
  }

  async #start(): Promise<ChildProcess | null> {
    try {
      const child = await start(this.options);
      this.#child = child;
      child.stdin?.on('error', () => undefined);
      child.stderr?.on('data', (chunk: Uint8Array) => this.#stderr.append(chunk));
      this.send(this.options.request);
      return child;
    } catch (error) {
      const { cause } = error as Error;
      if (!NO_PROGRAM.has(errorCode(cause))) throw error;
      this.#fail('PYTHON_MISSING', `Python can't be started: ${errorMessage(cause)}`);
      return null;
    }
  }

  /** Leaves a slow driver behind at a stop. The driver goes on to stop the render and clean up, and keeps the lock until then. */
  #letGo(child: ChildProcess) {
    this.#fail('CANCELLED', 'The render was cancelled, and its driver is still cleaning up.');
    const { stdin, stdout, stderr } = child;
    for (const stream of [stdin, stdout, stderr]) stream?.destroy();
    child.removeAllListeners('exit').unref();
  }

  send(command: DriverRequest | DriverCommand): void {
    this.#child?.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  #take(line: string) {
    const event = parseDriverEvent(line);
    if (event === null) return;
    if (event.event === 'phase') [this.#phase, this.#phaseSeconds] = [event.phase, event.seconds];
    if (event.event === 'result') this.#hasResult = true;
    if (event.event === 'error') {
      this.#error ??= event;
      if (event.code === 'RENDER_STUCK') this.#hungIn ??= 'stop';
    }
    this.#restart();
    this.options.onEvent?.(event);
  }

  #restart() {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      if (this.#phase !== BEFORE_PHASES) this.#hungIn ??= this.#phase;
      this.#fail('RESOLVE_HUNG', `Resolve did not answer within ${this.#phaseSeconds} s`);
      if (this.#child !== null) endProcessGroup(this.#child);
    }, this.#phaseSeconds * 1000);
  }

  #fail(code: string, message: string) {
    this.#error ??= { code, phase: this.#phase, message };
  }

  /** Explains an end without result or error: Resolve's library may crash a Python that it wasn't built for. */
  #explainEnd(ending: unknown) {
    const how = `ended without an answer (${String(ending)})`;
    if (this.#phase !== BEFORE_PHASES && this.#phase !== 'load_module')
      return this.#fail('DRIVER_CRASHED', `The driver ${how}.`);
    const before = `${this.options.python} ${how} before it had loaded Resolve's scripting library.`;
    this.#fail('PYTHON_INCOMPATIBLE', before);
  }
}

function start({ python, request, lock }: DriverOptions): Promise<ChildProcess> {
  const { scriptApi, scriptLib } = request;
  return startProgram([python, '-I', '-B', DRIVER], {
    stdio: ['pipe', 'pipe', 'pipe', ...(lock === undefined ? [] : [lock])],
    detached: true,
    windowsHide: true,
    env: {
      ...environment(),
      RESOLVE_SCRIPT_API: scriptApi,
      ...(scriptLib !== null && { RESOLVE_SCRIPT_LIB: scriptLib }),
    },
  });
}
