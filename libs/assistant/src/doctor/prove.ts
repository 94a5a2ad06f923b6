import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JobFailure, parseJobSpec, readJob } from '@app/jobspec';
import { proofOf, trials, type Trial } from '@app/engines';
import { errorMessage, mkdir, mkdtemp, rm, writeFile, mapConcurrently } from '@app/storage';
import type { FfmpegTools } from './service.ts';

/** Order for a proof of FFmpeg. */
export interface ProofOrder {
  ffmpeg: FfmpegTools;
  signal: AbortSignal;
  trials?: readonly Trial[];
  /** Called with each deviation of a proxy from its source. */
  onFault: (fault: string) => void;
  onDone: (count: number, of: number) => void;
}

/**
 * Makes a proxy for each trial as a job does, and compares it with its source by FFmpeg's own filters. All files are in
 * a temporary folder; each proxy is removed once compared.
 *
 * @returns counts of proxies made and faulty proxies
 * @throws the reason of the signal; system errors
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
    await mapConcurrently(
      [...wanted.entries()],
      async ([index, trial]) => {
        signal.throwIfAborted();
        const fault = await runTrial(trial, order, files, { index, hasZscale });
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

/** Files shared between trials, created once. */
class ProofFiles {
  readonly #sources = new Map<string, Promise<string>>();
  readonly lut: string;
  readonly curves: string;
  #lutSha256 = '';

  constructor(
    readonly folder: string,
    private readonly ffmpeg: FfmpegTools,
    private readonly signal: AbortSignal,
  ) {
    this.lut = join(folder, 'look.cube');
    this.curves = join(folder, 'curves.cube');
  }

  async writeLooks(): Promise<void> {
    const lut = lutTable();
    this.#lutSha256 = createHash('sha256').update(lut).digest('hex');
    await writeFile(this.lut, lut);
    await writeFile(this.curves, cdlCurves());
  }

  source({ sourceName, sourceArguments }: ReturnType<typeof proofOf>): Promise<string> {
    const path = join(this.folder, sourceName);
    const make = () => runToEnd(this.ffmpeg, sourceArguments(path), this.signal).then(() => path);
    const made = this.#sources.get(path) ?? make();
    this.#sources.set(path, made);
    return made;
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

/** @returns the fault of the proxy; `null` if there is none */
async function runTrial(
  trial: Trial,
  { ffmpeg, signal }: ProofOrder,
  files: ProofFiles,
  { index, hasZscale }: { index: number; hasZscale: boolean },
): Promise<string | null> {
  const directory = join(files.folder, `proxy-${index}`);
  const proof = proofOf(trial);
  try {
    const source = await files.source(proof);
    await mkdir(directory);
    const viewing = files.viewing(trial);
    const { codec, container, size: resolution } = trial;
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
    const comparison = proof.comparison(made.request, made.media);
    if (comparison === null) return 'it has no plan';
    const text = comparison.text && join(directory, 'text.pbm');
    if (text !== null && comparison.text !== null) await writeFile(text, comparison.text);
    const compared = { proxy: made.path, source, text, curves: files.curves, lut: files.lut };
    const args = comparison.arguments(compared, hasZscale);
    return comparison.doubt(...(await runToEnd(ffmpeg, args, signal)));
  } catch (error) {
    const violations = error instanceof JobFailure ? error.violations : [];
    return [errorMessage(error), ...violations.map(({ message }) => message)].join(' ');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** @returns standard output, output on descriptor 3, and messages. @throws JobFailure if it doesn't exit with 0 */
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
  return [Buffer.concat(pictures).toString(), Buffer.concat(text).toString(), stderr] as const;
}

/** CDL that changes every value. */
export const CDL = {
  slope: [1.1, 1, 0.9],
  offset: [0.02, -0.01, 0.01],
  power: [0.9, 1, 1.1],
  saturation: 1,
} as const;

const CURVE_POINTS = 1024;
const LUT_POINTS = 17;

/** Curves of {@link CDL} by its formula, as a `.cube` file. */
export function cdlCurves(): string {
  const lines = Array.from({ length: CURVE_POINTS }, (_, point) =>
    [0, 1, 2].map((channel) => graded(point / (CURVE_POINTS - 1), channel)),
  );
  return cube('LUT_1D_SIZE', CURVE_POINTS, lines);
}

/** LUT that mixes its channels, as a `.cube` file. */
export function lutTable(): string {
  const steps = Array.from({ length: LUT_POINTS }, (_, step) => step / (LUT_POINTS - 1));
  const lines = steps.flatMap((blue) =>
    steps.flatMap((green) =>
      steps.map((red) => [
        0.05 + 0.8 * red + 0.1 * green,
        0.9 * green ** 1.1 + 0.05 * blue,
        0.1 * red + 0.8 * blue,
      ]),
    ),
  );
  return cube('LUT_3D_SIZE', LUT_POINTS, lines);
}

function graded(value: number, channel: number): number {
  const [slope, offset, power] = [CDL.slope, CDL.offset, CDL.power].map((of) => of[channel] ?? 0);
  return Math.min(1, Math.max(0, value * (slope ?? 1) + (offset ?? 0))) ** (power ?? 1);
}

function cube(kind: string, size: number, lines: readonly number[][]): string {
  const rows = lines.map((line) => line.map((value) => value.toFixed(6)).join(' '));
  return `${kind} ${size}\n${rows.join('\n')}\n`;
}
