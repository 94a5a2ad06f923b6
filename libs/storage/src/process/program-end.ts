import type { ChildProcess } from 'node:child_process';
import type { ProgramCall } from '@app/engines';
import { stat } from '../files/bounded-fs.ts';
import { endMarked } from './orphan-guard.ts';

/** Environment variable that identifies a program and its descendants. */
export const PROGRAM_MARK = 'WFR_PROGRAM';
/** Seconds after a program's exit until processes that still hold its pipes are ended. */
const CLOSE_SECONDS = 1;
/** Seconds after the request to end until a program is abandoned: SIGKILL can't end one that is blocked by storage. */
const UNKILLABLE_SECONDS = 8;

/** Ending of a program; one that was abandoned counts as killed. */
export type Ending = [exitCode: number | null, endedBy: string | null];

/** Sees a program and its descendants to their end: by themselves, on request, or by abandoning them. */
export class ProgramEnd {
  /** Resolves if the program survives the request to end; this process can then exit without it. */
  readonly abandoned: Promise<Ending>;
  #setAbandoned: () => void = () => undefined;
  #lastResort: NodeJS.Timeout | undefined;

  /** @param id the program's {@link PROGRAM_MARK}. */
  constructor(
    private readonly child: ChildProcess,
    private readonly id: string,
  ) {
    this.abandoned = new Promise((resolve) => {
      this.#setAbandoned = () => resolve(abandon(child));
    });
    child.once('exit', () => {
      killGroup(child);
      this.#endHoldersOfPipes();
    });
  }

  /** Ends the program with SIGTERM, then SIGKILL. */
  terminate(): void {
    endProcessGroup(this.child);
    this.#lastResort ??= setTimeout(this.#setAbandoned, UNKILLABLE_SECONDS * 1000);
  }

  /** Cancels the time limit once the program has ended. */
  clear(): void {
    clearTimeout(this.#lastResort);
  }

  /** Ends descendants that left the group but still hold the pipes, which would hide that the program has ended. */
  #endHoldersOfPipes() {
    const timer = setTimeout(() => {
      const close = () => closePipes(this.child);
      void endMarked(PROGRAM_MARK, this.id).then(close, close);
    }, CLOSE_SECONDS * 1000);
    this.child.once('close', () => clearTimeout(timer));
  }
}

/** Lets this process exit without the program. */
function abandon(child: ChildProcess): Ending {
  closePipes(child);
  child.unref();
  return [null, 'SIGKILL'];
}

function closePipes({ stdio }: ChildProcess) {
  for (const pipe of stdio) pipe?.destroy();
}

/** Limit for a program to end after SIGTERM, in seconds. FFmpeg finalises its file in that time. */
const POLITE_SECONDS = 5;

/** Ends a program that leads its own process group: SIGTERM, then SIGKILL for the group if it hasn't exited in time. */
export function endProcessGroup(
  child: Pick<ChildProcess, 'pid' | 'once' | 'exitCode' | 'signalCode'>,
): void {
  // The pid may have been reused.
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => killGroup(child), POLITE_SECONDS * 1000);
  child.once('exit', () => clearTimeout(timer));
}

/** Kills the rest of the group that a program leads or has led. */
export function killGroup(child: Pick<ChildProcess, 'pid'>): void {
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals) {
  if (leader === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // The group is gone already.
  }
}

/**
 * Progress of a program. Readers of its output call `moved()`, because only they know what is progress: FFmpeg reports twice a second
 * even if its storage hangs.
 */
export class Progress {
  movements = 0;

  moved(): void {
    this.movements++;
  }
}

/** Interval of checks: a fraction of the limit, and its maximum in seconds. */
const TICK_SHARE = 1 / 20;
const LONGEST_TICK_SECONDS = 5;

/**
 * Fires once if nothing has moved for the given time. Counts only time in which this process ran, plus one tick at
 * most, because it may have been suspended. Output that is ready is read before the verdict.
 */
export class StallWatchdog {
  fired = false;
  #seconds = 0;
  #movements = 0;
  /** State of the file at the last check. */
  #file: string | null = null;
  readonly #timer: NodeJS.Timeout | null;

  /**
   * @param seconds limit without progress; 0 never fires.
   * @param writes file whose changes count as progress, too: FFmpeg moves the index of a large file to its start
   * without any output.
   */
  constructor(
    private readonly seconds: number,
    private readonly progress: NonNullable<ProgramCall['progress']>,
    private readonly onStall: () => void,
    private readonly writes?: string,
  ) {
    const tick = Math.min(seconds * TICK_SHARE, LONGEST_TICK_SECONDS);
    this.#timer = seconds > 0 ? setInterval(() => this.#count(tick), tick * 1000) : null;
  }

  clear(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  #count(tick: number) {
    if (!this.#hasMoved()) void this.#checkFile();
    this.#seconds += tick;
    // Runs once all output that is ready has been read.
    if (this.#seconds >= this.seconds) setImmediate(() => this.#checkStall());
  }

  #checkStall() {
    if (this.fired || this.#hasMoved() || this.#seconds < this.seconds) return;
    this.fired = true;
    this.clear();
    this.onStall();
  }

  #hasMoved(): boolean {
    const { movements } = this.progress;
    if (movements === this.#movements) return false;
    this.#movements = movements;
    this.#seconds = 0;
    return true;
  }

  async #checkFile() {
    if (this.writes === undefined) return;
    const file = await stat(this.writes).then(
      ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
      () => null,
    );
    if (file === null) return;
    if (this.#file !== null && this.#file !== file) this.progress.moved();
    this.#file = file;
  }
}
