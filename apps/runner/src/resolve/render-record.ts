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

/** What is rendered. */
export interface RenderOrder {
  task: ClipTask;
  planner: RenderPlanner;
  /** The source by the name that Resolve is given: that of the JobSpec, where everything that belongs to the clip is found by it. */
  given: string;
  source: DriverSource;
}

/** What becomes known of one render while it goes on. */
export class RenderRecord {
  plan: ClipRender | null = null;
  /** Why the runner doesn't want the render, although Resolve could make it. */
  failure: JobFailure | null = null;
  readonly job: ResolveJob;
  /** Of the driver and the file; those of the plan change with the plan. */
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

  /** Takes an event in; the plan that a clip needs is there afterwards, or the failure. */
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
      const told = pinned.map((key) => `${key} (is ${textOf(project_settings[key]?.read)})`);
      this.#takeRefused('project', event.refused, told);
    }
    if (event.event === 'settings') {
      job.codec = event.codec;
      job.settings = event.applied;
      const refused = event.refused.filter((key) => !this.plan?.refusable.includes(key));
      this.#takeRefused('render', refused, refused);
    }
  }

  /** Notes what is to be said of the proxy; `null` is nothing. */
  warn(sentence: string | null): void {
    if (sentence !== null) this.#warnings.add(sentence);
  }

  /** The failure that the driver's error means for this source. */
  failureOf(error: DriverError): JobFailure {
    const { code, message } = error;
    if (code !== 'IMPORT_FAILED' && code !== 'MEDIA_OFFLINE') return driverFailure(error);
    return driverFailure({ ...error, message: `${message} ${this.advice()}` });
  }

  /** What this Resolve may lack where it can't read the clip. */
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

  #takeRefused(what: string, keys: readonly string[], told: readonly string[]) {
    this.job.refused_settings = [...new Set([...this.job.refused_settings, ...keys])];
    if (told.length > 0) this.warn(`Resolve refuses the ${what} settings ${told.join(', ')}.`);
  }
}
