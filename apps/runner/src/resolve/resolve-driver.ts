import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { PROJECT_SETTINGS, TIMELINE_SETTINGS } from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import type { DriverOutcome } from './driver-account.ts';
import type { DriverEvent, DriverRequest, ResolveInfo } from './driver-events.ts';
import { driverFailure } from './driver-failure.ts';
import { DriverProcess, type DriverOptions } from './driver-process.ts';
import { locateResolve, type ResolveLocation } from './resolve-location.ts';

/** What one render needs to know beyond the settings. */
export type RenderTask = Pick<DriverRequest, 'source' | 'rate' | 'directory' | 'stem'>;

type CommandOptions = Pick<DriverOptions, 'signal' | 'lock' | 'onEvent'>;

/** How a Resolve is asked that hung before: it must answer each step soon, and not be at work. */
const SUSPECT_SECONDS = 10;

/** The first with Timeline.SetStartTimecode; everything else that the driver calls is older, IsStudio aside. */
const MINIMUM_VERSION = '18.0';

const NOTHING: RenderTask = { source: { path: '' }, rate: null, directory: '', stem: '' };

let attempts = 0;

/** Starts the driver for a command, with everything that is the same for all of them. */
@Injectable()
export class ResolveDriver {
  constructor(private readonly settings: RunnerSettings) {}

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
   * @param isSuspect whether it hung before.
   */
  async probe(
    location: ResolveLocation,
    isSuspect: boolean,
    options: CommandOptions,
  ): Promise<DriverOutcome & { info: ResolveInfo | null }> {
    let info: ResolveInfo | null = null;
    const onEvent = (event: DriverEvent) => {
      if (event.event === 'info') info = event.resolve;
    };
    const special = isSuspect ? this.#cautious() : {};
    const all = { ...options, onEvent };
    const outcome = await this.#start('probe', location, special, all).outcome();
    return { ...outcome, info };
  }

  /** Starts a render; the lock of the location's Resolve must be held. */
  render(location: ResolveLocation, task: RenderTask, options: CommandOptions): DriverProcess {
    return this.#start('render', location, task, options);
  }

  /** Removes what is ours from Resolve; its lock must be held. */
  async sweep(
    location: ResolveLocation,
    options: CommandOptions,
  ): Promise<DriverOutcome & { hasRemoved: boolean }> {
    let hasRemoved = false;
    const onEvent = (event: DriverEvent) => {
      if (event.event === 'result') hasRemoved = (event.removed ?? []).length > 0;
    };
    const all = { ...options, onEvent };
    const outcome = await this.#start('sweep', location, this.#cautious(), all).outcome();
    return { ...outcome, hasRemoved };
  }

  #cautious(): Partial<DriverRequest> {
    const { resolveConnectSeconds, resolvePhaseSeconds } = this.settings;
    return {
      mustBeIdle: true,
      connectSeconds: Math.min(SUSPECT_SECONDS, resolveConnectSeconds),
      phaseSeconds: Math.min(SUSPECT_SECONDS, resolvePhaseSeconds),
    };
  }

  #start(
    command: DriverRequest['command'],
    { scriptApi, scriptLib }: ResolveLocation,
    special: Partial<DriverRequest>,
    options: CommandOptions,
  ) {
    const { settings } = this;
    const projectPrefix = `watch-folder-runner ${hostname()} `;
    const request: DriverRequest = {
      command,
      scriptApi,
      scriptLib,
      connectSeconds: settings.resolveConnectSeconds,
      phaseSeconds: settings.resolvePhaseSeconds,
      stallSeconds: settings.resolveStallSeconds,
      minimumVersion: MINIMUM_VERSION,
      mustBeIdle: false,
      projectPrefix,
      project: `${projectPrefix}${Date.now()}-${process.pid}-${++attempts}`,
      parking: `${projectPrefix}parking`,
      projectSettings: PROJECT_SETTINGS,
      timelineSettings: TIMELINE_SETTINGS,
      ...NOTHING,
      ...special,
    };
    return new DriverProcess({ python: settings.resolvePython, request, ...options });
  }
}
