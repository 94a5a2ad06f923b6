import { mkdir } from '../files/index.ts';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import {
  resolveViolations,
  importRate,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type MediaInfo,
  type Preparation,
  type ProxyRequest,
} from '@app/engines';
import { RenderInspector } from './render-inspector.ts';
import { renderOutcome, warningsOf } from './render-outcome.ts';
import { openRecord } from './open-record.ts';
import type { RenderRecord } from './render-record.ts';
import { clearFolder, takeRenderedFile } from './rendered-file.ts';
import { ResolveInstance } from './resolve-instance.ts';

/** Makes proxies of camera RAW with DaVinci Resolve Studio. Nothing ever goes to FFmpeg instead. */
@Injectable()
export class ResolveEngine implements Engine {
  readonly name = 'resolve';
  /** Keeps this runner's clips in the order in which they came; the lock keeps other runners out. */
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(
    private readonly instance: ResolveInstance,
    private readonly inspector: RenderInspector,
  ) {}

  async version(signal?: AbortSignal): Promise<string> {
    const { product, version } = await this.instance.identify(signal);
    return `${product} ${version}`;
  }

  /** What Resolve makes of a clip is planned when it has read the clip. */
  prepare(request: ProxyRequest, source: MediaInfo | null): Preparation {
    const violations = resolveViolations(request, process.platform);
    if (violations.length > 0) return { violations };
    return { makeProxy: (task, signal) => this.#makeProxy(request, source, task, signal) };
  }

  async #makeProxy(
    request: ProxyRequest,
    probed: MediaInfo | null,
    task: ClipTask,
    signal: AbortSignal,
  ): Promise<ClipOutcome> {
    const record = await openRecord(task, request, probed);
    await mkdir(task.stagingFolder, 0o700);
    try {
      const ended = await this.#queue.add(() => this.#render(record, signal));
      const outcome = await renderOutcome(record, ended);
      if (outcome.failure !== null || record.plan === null) return outcome;
      outcome.failure = await takeRenderedFile(task.stagingFolder, task.stagingPath);
      if (outcome.failure !== null) return outcome;
      await task.adopt();
      const verified = await this.inspector.inspect(record, record.plan.expectation, signal);
      return { ...outcome, warnings: warningsOf(record, ended), ...verified };
    } finally {
      await clearFolder(task.stagingFolder, task.stagingPath);
    }
  }

  async #render(record: RenderRecord, signal: AbortSignal) {
    signal.throwIfAborted();
    const { request, source, task: clip } = record.order;
    const rate = importRate(request, 'start' in source);
    const task = { source, rate, directory: clip.stagingFolder, stem: 'proxy' };
    return this.instance.render(task, signal, (event, driver) => {
      record.take(event);
      if (event.event !== 'clip') return;
      if (record.plan) driver.send({ command: 'plan', plan: record.plan.render });
      else driver.cancel();
    });
  }
}
