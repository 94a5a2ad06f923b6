import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { PROJECT_SETTINGS } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import type { DriverEvent, DriverRequest, RenderTask, ResolveInfo } from './driver-events.ts';
import { driverFailure, unavailable } from './driver-failure.ts';
import { DriverProcess, type DriverOptions, type DriverOutcome } from './driver-process.ts';
import { locateResolve } from './resolve-location.ts';
import { ResolveLock } from './resolve-lock.ts';

/** Limit for each step of a Resolve that hung before, in seconds. */
const SUSPECT_SECONDS = 10;
/** First version with Timeline.SetStartTimecode; all else that the driver requires is older. */
const MINIMUM_VERSION = '18.0';

/** Location of Resolve's scripting files. */
type Installed = Pick<DriverRequest, 'scriptApi' | 'scriptLib'>;

/**
 * Resolve on this machine. Renders run one at a time, and after a hang only once Resolve has answered well. A hang is recorded in the
 * lock file, for other processes and later ones.
 */
@Injectable()
export class ResolveInstance {
  constructor(private readonly settings: RunnerSettings) {}

  /**
   * Asks Resolve for its version. Probes without the lock while another process renders.
   *
   * @throws JobFailure `EngineUnavailableError` if Resolve is missing, doesn't answer, isn't Studio or isn't ready.
   */
  async identify(signal?: AbortSignal): Promise<ResolveInfo> {
    const location = await locate();
    const lock = await ResolveLock.tryAcquire(location.scriptApi);
    try {
      return await this.#probe(location, lock, signal);
    } finally {
      await lock?.release();
    }
  }

  /**
   * Renders one clip; waits while another runner renders.
   *
   * @throws JobFailure `EngineUnavailableError` if Resolve hung before and still doesn't answer well; the reason of `signal`.
   */
  async render(
    task: RenderTask,
    signal: AbortSignal,
    onEvent: (event: DriverEvent, driver: DriverProcess) => void,
  ): Promise<DriverOutcome> {
    const location = await locate();
    const lock = await ResolveLock.acquire(location.scriptApi, signal);
    try {
      if ((await lock.hang()) !== null) await this.#probe(location, lock, signal);
      const driver: DriverProcess = this.#start('render', location, task, {
        signal,
        lock: lock.fileDescriptor,
        onEvent: (event) => onEvent(event, driver),
      });
      const outcome = await driver.outcome();
      if (outcome.hungIn !== null) await lock.recordHang(outcome.hungIn);
      return outcome;
    } finally {
      await lock.release();
    }
  }

  async #probe(
    location: Installed,
    lock: ResolveLock | null,
    signal?: AbortSignal,
  ): Promise<ResolveInfo> {
    const hang = (await lock?.hang()) ?? null;
    let info: ResolveInfo | null = null;
    const driver = this.#start('probe', location, hang === null ? {} : this.#cautious(), {
      signal,
      lock: lock?.fileDescriptor,
      onEvent: (event) => {
        if (event.event === 'info') info = event.resolve;
      },
    });
    const { error, hungIn } = await driver.outcome();
    if (hungIn !== null && hang === null) await lock?.recordHang(hungIn);
    signal?.throwIfAborted();
    if (error !== null) throw unavailable(error, hang);
    if (info === null) throw new Error('The driver named no Resolve');
    if (hang !== null) await lock?.recordHang(null);
    return info;
  }

  #cautious(): Partial<DriverRequest> {
    const { resolveConnectSeconds, resolvePhaseSeconds } = this.settings;
    return {
      mustBeIdle: true,
      connectSeconds: Math.min(SUSPECT_SECONDS, resolveConnectSeconds),
      phaseSeconds: Math.min(SUSPECT_SECONDS, resolvePhaseSeconds),
    };
  }

  /** Starts the driver for a command. A render requires the lock. */
  #start(
    command: DriverRequest['command'],
    location: Installed,
    special: Partial<DriverRequest>,
    options: Omit<DriverOptions, 'python' | 'request'>,
  ) {
    const { settings } = this;
    const request: DriverRequest = {
      command,
      ...location,
      connectSeconds: settings.resolveConnectSeconds,
      phaseSeconds: settings.resolvePhaseSeconds,
      stallSeconds: settings.resolveStallSeconds,
      minimumVersion: MINIMUM_VERSION,
      mustBeIdle: false,
      project: `watch-folder-runner ${hostname()}`,
      projectSettings: PROJECT_SETTINGS,
      ...special,
    };
    return new DriverProcess({ python: settings.resolvePython, request, ...options });
  }
}

/**
 * Location of Resolve's scripting module.
 *
 * @throws JobFailure `EngineUnavailableError` if it isn't on this machine.
 */
async function locate(): Promise<Installed> {
  const { scriptApi, scriptLib, candidates } = await locateResolve();
  if (scriptApi !== null) return { scriptApi, scriptLib };
  const message = `Its scripting module is not at ${candidates.join(' or ')}`;
  throw driverFailure({ code: 'MODULE_NOT_FOUND', phase: 'locate', message });
}
