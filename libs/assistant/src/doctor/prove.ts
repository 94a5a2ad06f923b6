import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFailure, parseJobSpec, readJob } from '@app/jobspec';
import {
  comparisonArguments,
  doubtOfLikeness,
  planProxy,
  readLikeness,
  sourceArguments,
  textFrames,
  trials,
  type Likeness,
  type Trial,
} from '@app/engines';
import { errorMessage, mkdir, mkdtemp, rm, writeFile, severalAtOnce } from '@app/storage';
import type { FfmpegTools } from './service.ts';
import { cdlCurves, CDL, lutTable } from './prove-looks.ts';

/** What a proof of FFmpeg works with. */
export interface ProofOrder {
  ffmpeg: FfmpegTools;
  signal: AbortSignal;
  trials?: readonly Trial[];
  /** Told of each proxy that isn't as its source. */
  onFault: (fault: string) => void;
  onDone: (count: number, of: number) => void;
  /** Told how alike each proxy is that was compared. */
  onLikeness?: (trial: Trial, likeness: Likeness) => void;
}

/**
 * Makes a proxy for each trial as a job does, and compares it with its source by FFmpeg's own measures. All files lie in a temporary folder,
 * each proxy no longer than it is compared.
 *
 * @returns how many proxies were made, and how many of them are not as they should be.
 * @throws the reason of the signal; the system's error.
 */
export async function prove(order: ProofOrder): Promise<{ made: number; faults: number }> {
  const { ffmpeg, signal, onFault, onDone } = order;
  const wanted = order.trials ?? trials();
  const folder = await mkdtemp(join(tmpdir(), 'watch-folder-runner-prove-'));
  let faults = 0;
  try {
    const files = new ProofFiles(folder, ffmpeg, signal);
    await files.writeLooks();
    const hasZscale = (await ffmpeg.installedFilters()).has('zscale');
    await severalAtOnce(
      [...wanted.entries()],
      async ([index, trial]) => {
        signal.throwIfAborted();
        const fault = await tryOnce(trial, order, files, { index, hasZscale });
        signal.throwIfAborted();
        if (fault === null) return;
        faults++;
        onFault(`${nameOf(trial)}: ${fault}`);
      },
      (count) => onDone(count, wanted.length),
    );
    return { made: wanted.length, faults };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nameOf({ shape, codec, container, size, look, text }: Trial): string {
  return `${codec} in ${container}, ${size}, of a source ${shape}, ${look}, ${text}`;
}

/** What several trials need, made once. */
class ProofFiles {
  readonly #sources = new Map<string, Promise<string>>();
  #lutSha256 = '';

  constructor(
    readonly folder: string,
    private readonly ffmpeg: FfmpegTools,
    private readonly signal: AbortSignal,
  ) {}

  async writeLooks(): Promise<void> {
    const lut = lutTable();
    this.#lutSha256 = createHash('sha256').update(lut).digest('hex');
    await writeFile(this.lut, lut);
    await writeFile(this.curves, cdlCurves());
  }

  get lut(): string {
    return join(this.folder, 'look.cube');
  }

  get curves(): string {
    return join(this.folder, 'curves.cube');
  }

  source({ shape, codec }: Trial): Promise<string> {
    const isHd = codec === 'dnxhd';
    const path = join(this.folder, `${shape.replaceAll(/\W/g, '-')}${isHd ? '-hd' : ''}.mov`);
    const made = this.#sources.get(path) ?? this.#make(path, sourceArguments(shape, isHd, path));
    this.#sources.set(path, made);
    return made;
  }

  async #make(path: string, args: readonly string[]): Promise<string> {
    await runToEnd(this.ffmpeg, args, this.signal);
    return path;
  }

  viewing({ look, text }: Trial) {
    const lut = { path: this.lut, sha256: this.#lutSha256 };
    const looks = {
      'no look': {},
      CDL: { look: { cdl: [CDL], becomes: 'bt709' } },
      LUT: { look: { lut, lut_range: 'video', becomes: 'bt709' } },
    };
    const texts = { 'no text': null, 'still text': 'Aq0', 'counted text': '{timecode}' };
    const burnIn = texts[text] && [{ text: texts[text], at: 'bottom-left' }];
    const viewing = { ...looks[look], ...(burnIn && { burn_in: burnIn }) };
    return Object.keys(viewing).length === 0 ? {} : { viewing };
  }
}

/** @returns what is wrong with the proxy; `null` for nothing. */
async function tryOnce(
  trial: Trial,
  { ffmpeg, signal, onLikeness }: ProofOrder,
  files: ProofFiles,
  { index, hasZscale }: { index: number; hasZscale: boolean },
): Promise<string | null> {
  const directory = join(files.folder, `proxy-${index}`);
  try {
    const source = await files.source(trial);
    await mkdir(directory);
    const viewing = files.viewing(trial);
    const { codec, container, size: resolution, look } = trial;
    const jobSpec = {
      jobspec_version: 'viewing' in viewing ? '2.2' : '2.1',
      sources: [source],
      output_directory: directory,
      codec,
      container,
      resolution,
      naming_template: 'proxy',
      ...viewing,
    };
    const reading = readJob(Buffer.from(JSON.stringify(jobSpec)));
    const made = await ffmpeg.makeProxy(parseJobSpec(reading), reading.jobId, signal);
    if (made.media === null) return 'its source can’t be read';
    if (made.failureReason !== null) return made.failureReason;
    const { plan } = planProxy(made.request, made.media);
    if (!plan) return 'it has no plan';
    const frames = textFrames(plan.video);
    const text = frames && join(directory, 'text.pbm');
    if (text !== null && frames !== null) await writeFile(text, frames);
    const table = {
      'no look': null,
      CDL: { path: files.curves, kind: '1d' as const },
      LUT: { path: files.lut, kind: '3d' as const },
    }[look];
    const compared = { proxy: made.path, source, text, table };
    // zscale of FFmpeg 9 lays pictures with alpha over black.
    const isByZscale = hasZscale && trial.shape !== 'alpha';
    const told = await runToEnd(ffmpeg, comparisonArguments(plan, compared, isByZscale), signal);
    const likeness = readLikeness(told.pictures, told.text, told.log);
    onLikeness?.(trial, likeness);
    return doubtOfLikeness(trial, plan, likeness);
  } catch (error) {
    const violations = error instanceof JobFailure ? error.violations : [];
    return [errorMessage(error), ...violations.map(({ message }) => message)].join(' ');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @throws JobFailure when it ends badly. */
async function runToEnd(tools: FfmpegTools, args: readonly string[], signal: AbortSignal) {
  const [pictures, text]: [Uint8Array[], Uint8Array[]] = [[], []];
  const run = await tools.runFfmpeg(args, {
    signal,
    onStdout: (chunk) => pictures.push(chunk),
    pipes: [(chunk) => text.push(chunk)],
  });
  const { exitCode: exit_code, endedBy, stderr } = run;
  if (exit_code !== 0)
    throw new JobFailure('encoder_exited', {
      exit_code,
      signal: endedBy,
      said: stderr.slice(-400),
    });
  return {
    pictures: Buffer.concat(pictures).toString(),
    text: Buffer.concat(text).toString(),
    log: stderr,
  };
}
