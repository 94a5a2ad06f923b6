import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment } from '../process/environment.ts';
import { endProcessGroup, killGroup } from '../process/process-group.ts';
import { TailBuffer } from '../process/tail-buffer.ts';
import { ended, explainEnd } from './driver-ending.ts';
import {
  parseDriverEvent,
  type DriverCommand,
  type DriverError,
  type DriverEvent,
  type DriverRequest,
} from './driver-events.ts';

const DRIVER = fileURLToPath(new URL('driver/resolve-driver.py', import.meta.url));
const MAX_STDERR_BYTES = 64 * 1024;
/** How long a driver that was told to stop may take to stop the render and clean up, in seconds. */
const CANCEL_SECONDS = 10;
/** How long Python itself may take to begin, in seconds, on a machine that is busy. */
const BEGIN_SECONDS = 30;
const BEFORE_PHASES = 'python';

export interface DriverOptions {
  python: string;
  request: DriverRequest;
  /** `RESOLVE_SCRIPT_LIB`; `null` leaves it to Resolve's module. */
  scriptLib: string | null;
  signal?: AbortSignal | undefined;
  /** Held open by the driver for as long as it lives. */
  lock?: number;
  onEvent?: (event: DriverEvent) => void;
}

export interface DriverOutcome {
  /** What ended the command; `null` for success. */
  error: DriverError | null;
  /** What went wrong after the render had ended well, in a sentence. */
  afterwards: string | null;
  /** The phase in which Resolve didn't answer in time, so that the driver had to be ended. */
  hungIn: string | null;
  /** Whether the driver says that nothing of ours is left in Resolve. */
  isClean: boolean;
  exitCode: number | null;
  /** The last part of it. */
  stderr: string;
}

/**
 * One run of `resolve-driver.py`. It isn't bound to the runner's life as encoders are: when its stdin ends it stops the
 * render and cleans up, and it ends itself when Resolve doesn't let it.
 */
export class DriverProcess {
  #error: DriverError | null = null;
  #hasResult = false;
  #phase = BEFORE_PHASES;
  #hungIn: string | null = null;
  #isClean = false;
  #deadline: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  readonly #child: ChildProcess;
  readonly #stderr = new TailBuffer(MAX_STDERR_BYTES);

  constructor(private readonly options: DriverOptions) {
    const { python, scriptLib, request, lock } = options;
    this.#child = spawn(python, ['-I', '-B', DRIVER], {
      stdio: ['pipe', 'pipe', 'pipe', ...(lock === undefined ? [] : [lock])],
      detached: true,
      windowsHide: true,
      env: {
        ...environment(),
        RESOLVE_SCRIPT_API: request.scriptApi,
        ...(scriptLib !== null && { RESOLVE_SCRIPT_LIB: scriptLib }),
      },
    });
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Uint8Array) => this.#stderr.append(chunk));
    this.#write(request);
  }

  send(command: DriverCommand): void {
    this.#write(command);
  }

  /** Resolves once the driver has ended; never rejects. */
  async outcome(): Promise<DriverOutcome> {
    const { signal } = this.options;
    const cancel = () => this.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    this.#restartDeadline();
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => this.#take(line));
    this.#child.once('exit', () => killGroup(this.#child));
    const [exitCode, endedBy, cause] = await ended(this.#child);
    clearTimeout(this.#deadline);
    clearTimeout(this.#end);
    signal?.removeEventListener('abort', cancel);
    const stderr = this.#stderr.toString();
    const isDone = this.#hasResult || this.#error !== null;
    if (!isDone)
      this.#error = explainEnd(this.options.python, this.#phase, exitCode ?? endedBy, cause);
    const facts = { hungIn: this.#hungIn, isClean: this.#isClean, exitCode, stderr };
    if (!this.#hasResult) return { error: this.#error, afterwards: null, ...facts };
    return { error: null, afterwards: this.#afterwards(endedBy), ...facts };
  }

  /** Asks the driver to stop the render and clean up, and ends it if it doesn't. */
  cancel(): void {
    if (this.#end) return;
    this.send({ command: 'cancel' });
    const seconds = Math.min(CANCEL_SECONDS, this.options.request.phaseSeconds);
    this.#end = setTimeout(() => {
      this.#noteHang();
      endProcessGroup(this.#child);
    }, seconds * 1000);
  }

  #write(line: DriverRequest | DriverCommand) {
    this.#child.stdin?.write(`${JSON.stringify(line)}\n`);
  }

  #take(line: string) {
    const event = parseDriverEvent(line);
    if (event === null) {
      this.#fail('DRIVER_PROTOCOL', `The driver said what is no event: ${line.slice(0, 200)}`);
      return this.cancel();
    }
    if (event.event === 'phase') this.#phase = event.phase;
    this.#restartDeadline();
    if (event.event === 'error') this.#error ??= event;
    if (event.event === 'result') this.#hasResult = true;
    if (event.event === 'end') this.#isClean = event.left.length === 0;
    this.options.onEvent?.(event);
  }

  /** Every line is a sign of life; Resolve's calls have no time limit of their own. */
  #restartDeadline() {
    clearTimeout(this.#deadline);
    const { phaseSeconds, connectSeconds } = this.options.request;
    const isConnecting = this.#phase === 'connect' || this.#phase === 'ready';
    const wanted = phaseSeconds + (isConnecting ? connectSeconds : 0);
    const seconds = this.#phase === BEFORE_PHASES ? Math.max(BEGIN_SECONDS, wanted) : wanted;
    this.#deadline = setTimeout(() => {
      this.#noteHang();
      this.#fail('RESOLVE_HUNG', `Resolve did not answer within ${seconds} s`);
      this.cancel();
    }, seconds * 1000);
  }

  /** A Python that doesn't even begin says nothing of Resolve. */
  #noteHang() {
    if (this.#phase !== BEFORE_PHASES) this.#hungIn ??= this.#phase;
  }

  #fail(code: string, message: string) {
    this.#error ??= { code, phase: this.#phase, message, detail: null };
  }

  #afterwards(endedBy: string | null): string | null {
    const { project } = this.options.request;
    if (this.#error !== null) {
      return `${this.#error.message} after the render: its project ${project} may be left there.`;
    }
    return endedBy && `Python crashed (${endedBy}) after the render had ended well.`;
  }
}
