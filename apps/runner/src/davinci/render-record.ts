import { JobFailure, type ResolveJob } from '@app/jobspec';
import {
  planDavinci,
  davinciClip,
  type ClipProperties,
  type ClipTask,
  type DavinciPlan,
  type ProxyRequest,
} from '@app/engines';
import type { DriverEvent, DriverSource } from './driver-events.ts';

/** What becomes known of one render while it goes on. */
export class RenderRecord {
  plan: DavinciPlan | null = null;
  /** Why the runner doesn't want the render, although Resolve could make it. */
  failure: JobFailure | null = null;
  readonly warnings: string[] = [];
  readonly job: ResolveJob;

  constructor(
    readonly task: ClipTask,
    private readonly request: ProxyRequest,
    readonly source: DriverSource,
  ) {
    const nothing = { clip: null, timeline: null, format: null, codec: null };
    const unknown = { product: null, version: null, python: null, module: null };
    this.job = { ...unknown, source, ...nothing, settings: {}, refused_settings: [] };
  }

  /** Takes an event in; the plan that a clip needs is there afterwards, or the failure. */
  take(event: DriverEvent): void {
    if (event.event === 'info') Object.assign(this.job, event.resolve);
    if (event.event === 'clip') this.#decide(event.properties);
    if (event.event === 'warn') this.warnings.push(event.message);
    if (event.event === 'settings') {
      this.job.codec = event.codec;
      this.job.settings = event.applied;
      this.job.refused_settings = event.refused;
      if (event.refused.length > 0) {
        this.warnings.push(`Resolve refuses the render settings ${event.refused.join(', ')}.`);
      }
    }
  }

  #decide(properties: ClipProperties) {
    this.job.clip = properties;
    const clip = davinciClip(properties);
    if (clip === null) return this.#refuse("Resolve doesn't say how large, fast or long it is.");
    const frames = Number(properties['Frames']);
    const wanted = 'start' in this.source ? this.source.end - this.source.start + 1 : frames;
    if (frames !== wanted) {
      return this.#refuse(`Resolve reads ${frames} frames of a sequence of ${wanted}.`);
    }
    const plan = planDavinci(this.request, clip, process.platform);
    if ('obstacle' in plan) return this.#refuse(plan.obstacle);
    this.plan = plan;
    this.job.timeline = plan.render.timeline;
    this.job.format = plan.render.format;
    this.warnings.push(...plan.warnings);
  }

  #refuse(why: string) {
    this.failure = new JobFailure(
      'EngineError',
      `${this.task.sourcePath} can't be rendered. ${why}`,
    );
  }
}
