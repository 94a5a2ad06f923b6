import { basename, dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { JobFailure, type Violation } from '@app/jobspec';
import {
  RenderPlanner,
  resolveViolations,
  type ClipOutcome,
  type ClipTask,
  type Engine,
  type ProxyRequest,
} from '@app/engines';
import {
  OpenDirectory,
  isFull,
  isSystemError,
  MIN_FREE_BYTES,
  NoSpaceFailure,
  RENDER_STEM,
  clipFilesOf,
  framesOf,
  stateOfSource,
  sequenceIn,
  readdir,
  rename,
  stat,
  sizeOfFile,
} from '@app/storage';
import type { DriverSource } from './driver-events.ts';
import type { DriverOutcome } from './driver-process.ts';
import { RenderInspector } from './render-inspector.ts';
import { RenderRecord } from './render-record.ts';
import { ResolveInstance } from './resolve-instance.ts';

/** Makes proxies of camera RAW with DaVinci Resolve Studio, without a fallback to FFmpeg. */
@Injectable()
export class ResolveEngine implements Engine {
  readonly name = 'resolve';

  constructor(
    private readonly instance: ResolveInstance,
    private readonly inspector: RenderInspector,
  ) {}

  async version(signal?: AbortSignal): Promise<string> {
    const { product, version } = await this.instance.identify(signal);
    return `${product} ${version}`;
  }

  /** Violations that are known without the clip: its plan is made only once Resolve has read it. */
  violations(request: ProxyRequest): readonly Violation[] {
    return resolveViolations(request, process.platform);
  }

  async make(task: ClipTask, signal: AbortSignal): Promise<ClipOutcome> {
    const record = await openRecord(task);
    const { stagingFolder, stagingPath, namedFolder, sourcePath } = task;
    const directory = join(namedFolder, basename(stagingFolder));
    const { given, source } = record.order;
    const moved = () => new JobFailure('output_directory_replaced', { directory: namedFolder });
    const made = await OpenDirectory.make(stagingFolder, []).catch((error: unknown) => {
      throw isSystemError(error) ? error : moved();
    });
    const changed = { path: given, is_gone: false, is_sequence: 'start' in source };
    // Resolve opens the folder by name, which must still lead to the folder that was created.
    const checkNames = async () => {
      if (!(await isSame(directory, made.path))) throw moved();
      if (!(await isSame(given, sourcePath))) throw new JobFailure('source_changed', changed);
    };
    try {
      await checkNames();
      const begun = performance.now();
      const ended = await this.#render(record, directory, signal);
      const seconds = Math.round(performance.now() - begun) / 1000;
      const outcome = await outcomeOf(record, ended, seconds);
      if (outcome.failure === null || ended.error?.code === 'NAME_REPLACED') await checkNames();
      if (outcome.failure !== null || record.plan === null) return outcome;
      outcome.failure = await takeRenderedFile(made.path, stagingPath);
      if (outcome.failure !== null) return outcome;
      await task.adopt();
      const verified = await this.inspector.inspect(record, record.plan, signal);
      return { ...outcome, ...verified, warnings: record.warnings };
    } finally {
      await clearFolder(made, stagingPath);
    }
  }

  #render(record: RenderRecord, directory: string, signal: AbortSignal): Promise<DriverOutcome> {
    const { source, given, task, planner } = record.order;
    const order = {
      source,
      namedSource: given,
      realSource: task.sourcePath,
      rate: planner.importRate,
      directory,
      realDirectory: task.stagingFolder,
      stem: RENDER_STEM,
    };
    return this.instance.render(order, signal, (event, driver) => {
      record.take(event);
      if (event.event === 'progress') reportProgress(record, event.percent);
      if (event.event !== 'clip') return;
      if (record.plan) driver.send({ command: 'plan', plan: record.plan.render });
      else driver.send({ command: 'cancel' });
    });
  }
}

function reportProgress({ plan, order }: RenderRecord, percent: number) {
  const declaredFrames = plan?.expectation.declared.frames ?? null;
  const frames = Math.round(((declaredFrames ?? 0) * percent) / 100);
  order.task.onProgress?.({ phase: 'making', frames, declaredFrames, speed: null });
}

/** Record for a source's render. @throws JobFailure `EngineError` if frames were lost since validation; the system's error. */
async function openRecord(task: ClipTask): Promise<RenderRecord> {
  const { sourcePath, namedSource, request } = task;
  const { settings, parts, warning } = await clipFilesOf(sourcePath);
  // Resolve looks for a clip's other files beside the given name.
  const isAlone = settings.length + parts.length === 0;
  const isBeside = isAlone || (await isSame(dirname(namedSource), dirname(sourcePath)));
  const given = isBeside ? namedSource : sourcePath;
  const source = await sourceOf(given);
  const sequenceFrames = 'start' in source ? source.end - source.start + 1 : null;
  const planner = new RenderPlanner(request, sequenceFrames, process.platform);
  const record = new RenderRecord({ task, planner, given, source });
  if (settings.length > 0)
    record.warn(`Resolve develops the clip by ${settings.join(', ')} beside it.`);
  record.warn(warning);
  return record;
}

/** Source for Resolve: the path of a clip, or the sequence for a folder of frames or a first frame. */
async function sourceOf(path: string): Promise<DriverSource> {
  const folder = framesOf(await stateOfSource(path));
  if (folder === null) return { path };
  try {
    const sequence = sequenceIn(folder);
    if (sequence === null) return { path: join(folder.path, folder.frames.names[0] ?? '') };
    const { pattern, start, end } = sequence;
    return { path: join(folder.path, pattern), start, end };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const facts = { path, why: error.message };
    throw new JobFailure('resolve_refuses_clip', facts, { cause: error });
  }
}

/** Outcome of a render before its file is inspected. */
async function outcomeOf(
  record: RenderRecord,
  { error, exitCode, stderr }: DriverOutcome,
  seconds: number,
): Promise<ClipOutcome> {
  const { stagingFolder } = record.order.task;
  // A full filesystem explains a failed render better than Resolve's message.
  const hasFilled =
    error?.phase === 'render' && (await isFull(stagingFolder, MIN_FREE_BYTES.forResults));
  return {
    exit_code: exitCode,
    resolve_job: record.job,
    stderr,
    warnings: record.warnings,
    verification: [],
    attempts: [{ why: 'first', exit_code: exitCode, seconds }],
    failure: hasFilled
      ? new NoSpaceFailure(dirname(stagingFolder))
      : (record.failure ?? (error && record.failureOf(error))),
  };
}

/** True if two paths lead to the same file or directory. */
export async function isSame(named: string, real: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [named, real].map((path) => stat(path, { bigint: true }).catch(() => null)),
  );
  return one != null && one.dev === other?.dev && one.ino === other.ino;
}

/**
 * Moves the rendered file from its folder to the staging path. Resolve may have named it otherwise than requested, so the only file is
 * taken.
 *
 * @returns the failure unless there is exactly one non-empty file.
 */
export async function takeRenderedFile(
  folder: string,
  stagingPath: string,
): Promise<JobFailure | null> {
  const names = await readdir(folder);
  const [name] = names;
  if (name === undefined) return missing('Resolve reported success, but has written no file');
  if (names.length > 1) return new JobFailure('render_ambiguous', { files: names.sort(), folder });
  if (!(await sizeOfFile(join(folder, name))))
    return missing('Resolve reported success, but its file is empty');
  await rename(join(folder, name), stagingPath);
  return null;
}

/**
 * Keeps the file of a failed render under the staging name, if there is exactly one, then removes the folder if it is empty. Never
 * replaces a staging file that has content, which is the render. Ignores errors, which must not hide why the render failed.
 */
export async function clearFolder(folder: OpenDirectory, stagingPath: string): Promise<void> {
  const [name, ...others] = await readdir(folder.path).catch(() => []);
  if (name !== undefined && others.length === 0 && !(await sizeOfFile(stagingPath)))
    await rename(folder.entry(name), stagingPath).catch(() => undefined);
  await folder.remove(() => false).catch(() => undefined);
}

const missing = (why: string) => new JobFailure('output_missing', { why });
