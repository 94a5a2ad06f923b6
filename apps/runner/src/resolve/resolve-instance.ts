import { Injectable } from '@nestjs/common';
import { report } from '../logging/index.ts';
import type { DriverEvent, ResolveInfo } from './driver-events.ts';
import { unavailable } from './driver-failure.ts';
import type { DriverOutcome } from './driver-account.ts';
import type { DriverProcess } from './driver-process.ts';
import { noteNow, type LockNote } from './lock-note.ts';
import { ResolveDriver, type RenderTask } from './resolve-driver.ts';
import { locateResolve, type ResolveLocation } from './resolve-location.ts';
import { ResolveLock } from './resolve-lock.ts';

/**
 * The Resolve of this machine: one command at a time that changes something, and none at all after it hung until it has
 * answered well. What must be known of it after this process, and in others, is a note in its lock file.
 */
@Injectable()
export class ResolveInstance {
  constructor(private readonly driver: ResolveDriver) {}

  /**
   * Asks who it is. While somebody renders, it is asked without the lock.
   *
   * @throws JobFailure `EngineUnavailableError` when it isn't there, doesn't answer, isn't Studio or isn't ready.
   */
  async identify(signal?: AbortSignal): Promise<ResolveInfo> {
    const location = await this.driver.locate();
    const lock = await ResolveLock.tryAcquire(location.scriptApi);
    try {
      return await this.#probe(location, lock, signal);
    } finally {
      await lock?.release();
    }
  }

  /**
   * Renders one clip when no other runner does.
   *
   * @throws JobFailure `EngineUnavailableError` when Resolve hung before and still isn't well; the reason of `signal`.
   */
  async render(
    task: RenderTask,
    signal: AbortSignal,
    onEvent: (event: DriverEvent, driver: DriverProcess) => void,
  ): Promise<DriverOutcome> {
    const location = await this.driver.locate();
    const lock = await ResolveLock.acquire(location.scriptApi, signal, () =>
      report('resolve_awaited', {}),
    );
    try {
      if ((await lock.note())?.state === 'hung') await this.#probe(location, lock, signal);
      await lock.leave(noteNow('unfinished', 'render'));
      const driver: DriverProcess = this.driver.render(location, task, {
        signal,
        lock: lock.fileDescriptor,
        onEvent: (event) => onEvent(event, driver),
      });
      const outcome = await driver.outcome();
      await lock.leave(noteOf(outcome));
      return outcome;
    } finally {
      await lock.release();
    }
  }

  /**
   * Removes what a run that died has left in Resolve. Nothing is started unless the lock file tells of such a run and
   * nobody holds it.
   */
  async sweep(signal: AbortSignal): Promise<void> {
    const location = await locateResolve();
    const lock = location.found ? await ResolveLock.tryAcquire(location.scriptApi, false) : null;
    if (lock === null) return;
    try {
      const note = await lock.note();
      if (note === null) return;
      const options = { signal, lock: lock.fileDescriptor };
      const { error, isClean, hungIn, hasRemoved } = await this.driver.sweep(location, options);
      const isDone = error === null && isClean;
      if (hungIn !== null) await lock.leave(hungSince(note, hungIn));
      // Whether one that hung is well now is for the next probe to find out.
      else if (isDone && note.state === 'unfinished') await lock.leave(null);
      if (isDone) report('resolve_cleared', { removed: hasRemoved });
      else if (!signal.aborted)
        report('resolve_not_cleared', { reason: error?.message ?? 'it keeps one' });
    } finally {
      await lock.release();
    }
  }

  async #probe(location: ResolveLocation, lock: ResolveLock | null, signal?: AbortSignal) {
    const note = (await lock?.note()) ?? null;
    const hung = note?.state === 'hung' ? note : null;
    const options = { signal, ...(lock && { lock: lock.fileDescriptor }) };
    const { info, error, hungIn } = await this.driver.probe(location, hung !== null, options);
    if (hungIn !== null) await lock?.leave(hungSince(note, hungIn));
    signal?.throwIfAborted();
    if (error !== null) throw unavailable(error, hung);
    if (info === null) throw new Error('The driver named no Resolve');
    if (hung !== null) await lock?.leave(noteNow('unfinished', hung.phase));
    return info;
  }
}

/** A mark keeps the time of the first hang. */
function hungSince(note: LockNote | null, phase: string): LockNote {
  return note?.state === 'hung' ? note : noteNow('hung', phase);
}

function noteOf({ hungIn, isClean }: DriverOutcome): LockNote | null {
  if (hungIn !== null) return noteNow('hung', hungIn);
  return isClean ? null : noteNow('unfinished', 'render');
}
