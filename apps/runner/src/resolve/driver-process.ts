import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment } from '../process/environment.ts';
import { endProcessGroup, killGroup } from '../process/process-group.ts';
import { TailBuffer } from '../process/tail-buffer.ts';
import { DriverAccount, type DriverOutcome } from './driver-account.ts';
import { ended, explainEnd } from './driver-ending.ts';
import {
  parseDriverEvent,
  type DriverCommand,
  type DriverEvent,
  type DriverRequest,
} from './driver-events.ts';
import { PhaseDeadline } from './phase-deadline.ts';

const DRIVER = fileURLToPath(new URL('driver/resolve-driver.py', import.meta.url));
const MAX_STDERR_BYTES = 64 * 1024;
/** How long a driver that was told to stop may take to stop the render and clean up, in seconds. */
const CANCEL_SECONDS = 10;

export interface DriverOptions {
  python: string;
  request: DriverRequest;
  signal?: AbortSignal | undefined;
  /** Held open by the driver for as long as it lives. */
  lock?: number;
  onEvent?: (event: DriverEvent) => void;
}

/**
 * One run of `resolve-driver.py`. It isn't bound to the runner's life as encoders are: when its stdin ends it stops the
 * render and cleans up, and it ends itself when Resolve doesn't let it.
 */
export class DriverProcess {
  #end: NodeJS.Timeout | undefined;
  readonly #account = new DriverAccount();
  readonly #deadline: PhaseDeadline;
  readonly #child: ChildProcess;
  readonly #stderr = new TailBuffer(MAX_STDERR_BYTES);

  constructor(private readonly options: DriverOptions) {
    const { request } = options;
    this.#deadline = new PhaseDeadline(request, (seconds) => this.#missed(seconds));
    this.#child = start(options);
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stderr?.on('data', (chunk: Uint8Array) => this.#stderr.append(chunk));
    this.#write(request);
  }

  send(command: DriverCommand): void {
    this.#write(command);
  }

  /** Resolves once the driver has ended; never rejects. */
  async outcome(): Promise<DriverOutcome> {
    const { signal, python, request } = this.options;
    const cancel = () => this.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    this.#deadline.restart();
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => this.#take(line));
    this.#child.once('exit', () => killGroup(this.#child));
    const [exitCode, endedBy, cause] = await ended(this.#child);
    this.#deadline.clear();
    clearTimeout(this.#end);
    signal?.removeEventListener('abort', cancel);
    if (!this.#account.isDecided) {
      this.#account.fail(explainEnd(python, this.#deadline.phase, exitCode ?? endedBy, cause));
    }
    const stderr = this.#stderr.toString();
    return this.#account.outcome(request.project, endedBy, { exitCode, stderr });
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
      this.#fail(
        'DRIVER_PROTOCOL',
        `The driver sent something that is not an event: ${line.slice(0, 200)}`,
      );
      return this.cancel();
    }
    if (event.event === 'phase') this.#deadline.enter(event.phase);
    this.#deadline.restart();
    this.#account.take(event);
    this.options.onEvent?.(event);
  }

  #missed(seconds: number) {
    this.#noteHang();
    this.#fail('RESOLVE_HUNG', `Resolve did not answer within ${seconds} s`);
    this.cancel();
  }

  #noteHang() {
    if (this.#deadline.hasBegun) this.#account.noteHang(this.#deadline.phase);
  }

  #fail(code: string, message: string) {
    this.#account.fail({ code, phase: this.#deadline.phase, message, detail: null });
  }
}

function start({ python, request, lock }: DriverOptions): ChildProcess {
  const { scriptApi, scriptLib } = request;
  return spawn(python, ['-I', '-B', DRIVER], {
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
