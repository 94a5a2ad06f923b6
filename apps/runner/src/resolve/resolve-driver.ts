import { hostname } from 'node:os';
import { Inject, Injectable } from '@nestjs/common';
import { JobFailure } from '@app/jobspec';
import { SETTINGS, type RunnerSettings } from '../config/settings.ts';
import type { DriverEvent, DriverRequest, ResolveInfo } from './driver-events.ts';
import { driverFailure } from './driver-failure.ts';
import { DriverProcess, type DriverOptions } from './driver-process.ts';
import { locateResolve, type ResolveLocation } from './resolve-location.ts';

/** What one render needs to know beyond the settings. */
export type RenderTask = Pick<DriverRequest, 'source' | 'directory' | 'stem'>;

let attempts = 0;

/** Starts the driver for a command, with everything that is the same for all of them. */
@Injectable()
export class ResolveDriver {
  constructor(@Inject(SETTINGS) private readonly settings: RunnerSettings) {}

  /**
   * Where Resolve's scripting module is.
   *
   * @throws JobFailure `EngineUnavailableError` when it isn't on this machine.
   */
  async locate(): Promise<ResolveLocation> {
    const location = await locateResolve();
    if (location.found) return location;
    const message = `Its scripting module is not at ${location.candidates.join(' or ')}`;
    throw driverFailure({ code: 'MODULE_NOT_FOUND', phase: 'locate', message, detail: null });
  }

  /**
   * Asks Resolve who it is.
   *
   * @throws JobFailure when it doesn't answer, isn't Studio or isn't ready.
   */
  async probe(signal?: AbortSignal): Promise<ResolveInfo> {
    let info: ResolveInfo | null = null;
    const onEvent = (event: DriverEvent) => {
      if (event.event === 'info') info = event.resolve;
    };
    const location = await this.locate();
    const nothing: RenderTask = { source: { path: '' }, directory: '', stem: '' };
    const process = this.#start('probe', location, nothing, { signal, onEvent });
    const { error } = await process.outcome();
    signal?.throwIfAborted();
    if (error?.code === 'RESOLVE_HUNG') throw driverFailure({ ...error, code: 'RESOLVE_WEDGED' });
    if (error && info === null) throw driverFailure(error);
    if (info === null) throw new JobFailure('InternalError', 'The driver named no Resolve');
    return info;
  }

  /** Starts a render; the lock of the location's Resolve must be held. */
  render(
    location: ResolveLocation,
    task: RenderTask,
    options: Pick<DriverOptions, 'signal' | 'lock' | 'onEvent'>,
  ): DriverProcess {
    return this.#start('render', location, task, options);
  }

  #start(
    command: DriverRequest['command'],
    { scriptApi, scriptLib }: ResolveLocation,
    task: RenderTask,
    options: Pick<DriverOptions, 'signal' | 'lock' | 'onEvent'>,
  ) {
    const { settings } = this;
    const projectPrefix = `watch-folder-runner ${hostname()} `;
    const request: DriverRequest = {
      command,
      scriptApi,
      connectSeconds: settings.resolveConnectSeconds,
      phaseSeconds: settings.resolvePhaseSeconds,
      stallSeconds: settings.resolveStallSeconds,
      projectPrefix,
      project: `${projectPrefix}${Date.now()}-${process.pid}-${++attempts}`,
      ...task,
    };
    return new DriverProcess({ python: settings.resolvePython, scriptLib, request, ...options });
  }
}
