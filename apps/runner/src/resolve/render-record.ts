import { JobFailure, type ResolveJob } from '@app/jobspec';
import {
  clipChannels,
  clipWarnings,
  resolveClip,
  decoderAdvice,
  hasNoRate,
  planResolve,
  soundWarning,
  textOf,
  type ClipProperties,
  type ClipTask,
  type ResolvePlan,
  type MediaInfo,
  type ProxyRequest,
} from '@app/engines';
import type { DriverError, DriverEvent, DriverSource } from './driver-events.ts';
import { driverFailure } from './driver-failure.ts';

/** What is rendered, and how it is wanted. */
export interface RenderOrder {
  task: ClipTask;
  request: ProxyRequest;
  /** What ffprobe has said of the source; `null` for a format that it can't open. */
  probed: MediaInfo | null;
  source: DriverSource;
}

const UNKNOWN = {
  product: null,
  version: null,
  python: null,
  module: null,
  clip: null,
  timeline: null,
  project_settings: {},
  format: null,
  codec: null,
  settings: {},
  queued: {},
  sound: null,
  observed: {},
};

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
    this.job = {
      ...UNKNOWN,
      source: order.source,
      refused_settings: [],
    };
  }

  get warnings(): string[] {
    return [...this.#planWarnings, ...this.#warnings];
  }

  /** Takes an event in; the plan that a clip needs is there afterwards, or the failure. */
  take(event: DriverEvent): void {
    if (event.event === 'info') Object.assign(this.job, event.resolve);
    if (event.event === 'clip') this.#decide(event.properties, event.rate);
    if (event.event === 'warn') this.#warnings.add(event.message);
    if (event.event === 'queued') this.job.queued = event.settings;
    if (event.event === 'observed')
      this.job.observed = { ...this.job.observed, [event.what]: event.value };
    if (event.event === 'project') this.#takeProject(event.settings);
    if (event.event === 'settings') {
      this.job.codec = event.codec;
      this.job.settings = event.applied;
      this.#refusedByRender = event.refused;
      this.#tellRefused();
      if (event.refused.length > 0) {
        this.#warnings.add(`Resolve refuses the render settings ${event.refused.join(', ')}.`);
      }
    }
  }

  /** Notes the files by which Resolve develops the clip, and what may be amiss with it. */
  takeFiles({ settings, doubt }: { settings: readonly string[]; doubt: string | null }): void {
    if (settings.length > 0)
      this.#warnings.add(`Resolve develops the clip by ${settings.join(', ')} beside it.`);
    this.warn(doubt);
  }

  /** Notes what is to be said of the proxy; `null` is nothing. */
  warn(sentence: string | null): void {
    if (sentence !== null) this.#warnings.add(sentence);
  }

  /** Notes which sound has come out. @param tracks the channels of each track of the proxy. */
  takeSound(tracks: number[]): void {
    const channels = clipChannels(this.job.clip ?? {});
    this.job.sound = { clip_channels: channels, proxy_tracks: tracks };
    this.warn(soundWarning(channels, tracks));
  }

  /** The failure that the driver's error means for this source. */
  failureOf(error: DriverError): JobFailure {
    const { code, message } = error;
    if (code !== 'IMPORT_FAILED' && code !== 'MEDIA_OFFLINE') return driverFailure(error);
    return driverFailure({ ...error, message: `${message} ${this.decoderAdvice()}` });
  }

  /** Which version is needed where this one can't read the clip. */
  decoderAdvice(): string {
    const { task, probed } = this.order;
    return decoderAdvice(task.sourcePath, probed, this.job.version);
  }

  #takeProject(settings: ResolveJob['project_settings']) {
    this.job.project_settings = settings;
    const refused = Object.entries(settings).filter(([, { set, read }]) => !isKept(set, read));
    this.#refusedByProject = refused.map(([name]) => name);
    this.#tellRefused();
  }

  #tellRefused() {
    this.job.refused_settings = [...this.#refusedByProject, ...this.#refusedByRender];
  }

  #decide(properties: ClipProperties, projectRate: number | null) {
    this.job.clip = properties;
    this.plan = null;
    const { request, source } = this.order;
    const isSequence = 'start' in source;
    const clip = resolveClip(properties);
    if (clip === null) {
      return this.#refuse(
        `Resolve can't say how large, fast or long it is. ${this.decoderAdvice()}`,
      );
    }
    if (hasNoRate(request, isSequence, properties['FPS'], projectRate)) {
      return this.#refuse(
        "Resolve finds no frame rate in its frames. Set fps_mode to explicit and name the camera's rate in fps_explicit.",
      );
    }
    const frames = Number(properties['Frames']);
    const wanted = 'start' in source ? source.end - source.start + 1 : frames;
    if (frames !== wanted) {
      return this.#refuse(`Resolve reads ${frames} frames of a sequence of ${wanted}.`);
    }
    const plan = planResolve(request, clip, process.platform);
    if ('obstacle' in plan) return this.#refuse(plan.obstacle);
    this.plan = plan;
    this.job.timeline = plan.render.timeline;
    this.job.format = plan.render.format;
    this.#planWarnings = [...plan.warnings, ...clipWarnings(properties)];
  }

  #refuse(why: string) {
    this.failure = new JobFailure(
      'EngineError',
      `${this.order.task.sourcePath} can't be rendered. ${why}`,
    );
  }
}

/** Numbers come back as numbers, or as text. */
function isKept(set: string, read: unknown): boolean {
  const text = textOf(read);
  return text === set || (text !== '' && Number(text) === Number.parseFloat(set));
}
