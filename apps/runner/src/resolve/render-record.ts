import { JobFailure, type ResolveJob } from '@app/jobspec';
import {
  PROJECT_SETTINGS,
  textOf,
  type ClipRender,
  type ClipTask,
  type RenderPlanner,
} from '@app/engines';
import type { DriverError, DriverEvent, DriverSource } from './driver-events.ts';
import { driverFailure } from './driver-failure.ts';

/** Order for one render. */
export interface RenderOrder {
  task: ClipTask;
  planner: RenderPlanner;
  /** Source path for Resolve: as in the JobSpec, unless the clip has other files that aren't beside that path. */
  given: string;
  source: DriverSource;
}

/** Facts of one render, collected while it runs. */
export class RenderRecord {
  plan: ClipRender | null = null;
  /** Reason why the runner rejects the render, although Resolve could make it. */
  failure: JobFailure | null = null;
  readonly job: ResolveJob;
  /** Warnings about the render and its file. Warnings of the plan are apart, because a new plan replaces them. */
  readonly #warnings = new Set<string>();
  #planWarnings: readonly string[] = [];

  constructor(readonly order: RenderOrder) {
    const { source } = order;
    const unknown = { product: null, version: null, python: null, module: null, clip: null };
    const undecided = { timeline: null, format: null, codec: null, sound: null };
    const nothing = { project_settings: {}, colour: {}, settings: {}, queued: {}, observed: {} };
    this.job = { ...unknown, source, ...undecided, ...nothing, refused_settings: [] };
  }

  get warnings(): string[] {
    return [...this.#planWarnings, ...this.#warnings];
  }

  /** Records an event. A `clip` event leads to either a plan or a failure. */
  take(event: DriverEvent): void {
    const { job } = this;
    if (event.event === 'info') Object.assign(job, event.resolve);
    if (event.event === 'clip') this.#decide(event.properties, event.rate);
    if (event.event === 'queued') job.queued = event.settings;
    if (event.event === 'observed') job.observed = { ...job.observed, [event.what]: event.value };
    if (event.event === 'project') {
      const { project_settings, colour } = event;
      Object.assign(job, { project_settings, colour });
      const pinned = event.refused.filter((key) => key in PROJECT_SETTINGS);
      const list = pinned.map((key) => `${key} (is ${textOf(project_settings[key]?.read)})`);
      this.#takeRefused('project', event.refused, list);
    }
    if (event.event === 'settings') {
      job.codec = event.codec;
      job.settings = event.applied;
      const refused = event.refused.filter((key) => !this.plan?.refusable.includes(key));
      this.#takeRefused('render', refused, refused);
    }
  }

  /** Adds a warning about the proxy. @param sentence `null` for none. */
  warn(sentence: string | null): void {
    if (sentence !== null) this.#warnings.add(sentence);
  }

  /** Failure for the driver's error with this source. */
  failureOf(error: DriverError): JobFailure {
    const { code, message } = error;
    if (code !== 'IMPORT_FAILED' && code !== 'MEDIA_OFFLINE') return driverFailure(error);
    return driverFailure({ ...error, message: `${message} ${this.advice()}` });
  }

  /** Advice if this Resolve can't read the clip. */
  advice(): string {
    return this.order.planner.advice(this.job.version);
  }

  #decide(properties: NonNullable<ResolveJob['clip']>, projectRate: number | null) {
    const { job, order } = this;
    job.clip = properties;
    const plan = order.planner.planClip(properties, projectRate, job.version);
    this.plan = 'obstacle' in plan ? null : plan;
    if ('obstacle' in plan) {
      const facts = { path: order.task.sourcePath, why: plan.obstacle };
      this.failure = new JobFailure('resolve_refuses_clip', facts);
      return;
    }
    job.timeline = plan.render.timeline;
    job.format = plan.render.format;
    this.#planWarnings = plan.warnings;
  }

  #takeRefused(what: string, keys: readonly string[], list: readonly string[]) {
    this.job.refused_settings = [...new Set([...this.job.refused_settings, ...keys])];
    if (list.length > 0) this.warn(`Resolve refuses the ${what} settings ${list.join(', ')}.`);
  }
}
