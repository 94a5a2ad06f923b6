import { JobFailure, type ResolveJob } from '@app/jobspec';
import {
  clipChannels,
  clipWarnings,
  isExpectedRefusal,
  resolveClip,
  hasNoRate,
  planResolve,
  audioWarning,
  textOf,
  type ClipProperties,
  type ClipTask,
  type ResolvePlan,
  type MediaInfo,
  type ProxyRequest,
  type RenderMode,
} from '@app/engines';
import type { DriverError, DriverEvent, DriverSource } from './driver-events.ts';
import { driverFailure } from './driver-failure.ts';

/** What is rendered, and how it is wanted. */
export interface RenderOrder {
  task: ClipTask;
  request: ProxyRequest;
  mode: RenderMode;
  /** What ffprobe has said of the source; `null` for a format that it can't open. */
  probed: MediaInfo | null;
  /** The source by the name that Resolve is given: that of the JobSpec, where everything that belongs to the clip is found by it. */
  given: string;
  source: DriverSource;
  /** What a Resolve of a version, which may be unknown, lacks that can't read the source. */
  advice: (version: string | null) => string;
}

/** What becomes known of one render while it goes on. */
export class RenderRecord {
  plan: ResolvePlan | null = null;
  /** Why the runner doesn't want the render, although Resolve could make it. */
  failure: JobFailure | null = null;
  readonly job: ResolveJob;
  /** Of the driver and the file; those of the plan change with the plan. */
  readonly #warnings = new Set<string>();
  #planWarnings: readonly string[] = [];
  #refusedByProject: readonly string[] = [];
  #refusedByRender: readonly string[] = [];

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
    if (event.event === 'warn') this.warn(event.message);
    if (event.event === 'queued') job.queued = event.settings;
    if (event.event === 'observed') job.observed = { ...job.observed, [event.what]: event.value };
    if (event.event === 'project') {
      job.project_settings = event.settings;
      job.colour = event.colour;
      const refused = Object.entries(event.settings).filter(
        ([, { set, read }]) => !isKept(set, read),
      );
      this.#refusedByProject = refused.map(([name]) => name);
    }
    if (event.event === 'settings') {
      job.codec = event.codec;
      job.settings = event.applied;
      this.#refusedByRender = event.refused.filter((key) => !isExpectedRefusal(key, job.version));
      if (this.#refusedByRender.length > 0)
        this.warn(`Resolve refuses the render settings ${this.#refusedByRender.join(', ')}.`);
    }
    job.refused_settings = [...this.#refusedByProject, ...this.#refusedByRender];
  }

  /** Notes what is to be said of the proxy; `null` is nothing. */
  warn(sentence: string | null): void {
    if (sentence !== null) this.#warnings.add(sentence);
  }

  /** Notes which sound has come out. @param tracks the channels of each track of the proxy. */
  takeAudio(tracks: number[]): void {
    const channels = clipChannels(this.job.clip ?? {});
    this.job.sound = { clip_channels: channels, proxy_tracks: tracks };
    this.warn(audioWarning(channels, tracks));
  }

  /** The failure that the driver's error means for this source. */
  failureOf(error: DriverError): JobFailure {
    const { code, message } = error;
    if (code === 'TARGET_REPLACED' || code === 'SOURCE_REPLACED') return this.replaced(code);
    if (code !== 'IMPORT_FAILED' && code !== 'MEDIA_OFFLINE') return driverFailure(error);
    return driverFailure({ ...error, message: `${message} ${this.advice()}` });
  }

  /** The failure of a clip one of whose names leads somewhere else meanwhile. */
  replaced(code: 'TARGET_REPLACED' | 'SOURCE_REPLACED'): JobFailure {
    const { task, given: path, source } = this.order;
    return code === 'TARGET_REPLACED'
      ? new JobFailure('output_directory_replaced', { directory: task.namedFolder })
      : new JobFailure('source_changed', { path, is_gone: false, is_sequence: 'start' in source });
  }

  /** What this Resolve may lack where it can't read the clip. */
  advice(): string {
    return this.order.advice(this.job.version);
  }

  #decide(properties: ClipProperties, projectRate: number | null) {
    this.job.clip = properties;
    this.plan = null;
    const { request, source, mode } = this.order;
    const clip = resolveClip(properties);
    if (clip === null)
      return this.#refuse(`Resolve can't say how large, fast or long it is. ${this.advice()}`);
    if (hasNoRate(request, 'start' in source, properties['FPS'], projectRate)) {
      return this.#refuse(
        "Resolve finds no frame rate in its frames. Set fps_mode to explicit and name the camera's rate in fps_explicit.",
      );
    }
    const frames = Number(properties['Frames']);
    const wanted = 'start' in source ? source.end - source.start + 1 : frames;
    if (frames !== wanted)
      return this.#refuse(`Resolve reads ${frames} frames of a sequence of ${wanted}.`);
    const plan = planResolve(request, clip, process.platform, mode);
    if ('obstacle' in plan) return this.#refuse(plan.obstacle);
    this.plan = plan;
    this.job.timeline = plan.render.timeline;
    this.job.format = plan.render.format;
    this.#planWarnings = [...plan.warnings, ...clipWarnings(properties, mode)];
  }

  #refuse(why: string) {
    const path = this.order.task.sourcePath;
    this.failure = new JobFailure('resolve_refuses_clip', { path, why });
  }
}

/** Numbers come back as numbers, or as text. */
function isKept(set: string, read: unknown): boolean {
  const text = textOf(read);
  return text === set || (text !== '' && Number(text) === Number.parseFloat(set));
}
