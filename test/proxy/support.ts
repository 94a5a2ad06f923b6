import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import {
  planProxy,
  type ClipTask,
  type MediaInfo,
  type ProxyPlan,
  type ProxyRequest,
} from '@app/engines';
import { packetsOf, withPackets } from '../../libs/engines/src/media/index.ts';
import { verifyOutput } from '../../libs/engines/src/verify/verify-output.ts';
import type { VerificationCheck } from '@app/jobspec';
import { fromCache } from '../support/fixture-cache.ts';
import { DEFAULT_SETTINGS } from '../../apps/runner/src/config/settings.ts';
import { mediaFile, mediaPrograms } from '../../apps/runner/src/ffmpeg/media-programs.ts';
import { withCapture } from '../../apps/runner/src/ffmpeg/reference-capture.ts';
import { ffmpegArguments } from '../../libs/engines/src/ffmpeg/arguments.ts';
import { countsOf, EncoderProgress } from '../../libs/engines/src/ffmpeg/encoder-progress.ts';
import { EncodePass, type InspectedProxy } from '../../libs/engines/src/make/encode-pass.ts';
import { inspectProxy } from '../../libs/engines/src/make/inspect-proxy.ts';
import type { RunCounts } from '../../libs/engines/src/verify/check.ts';
import { captureBytes } from '../../libs/engines/src/ffmpeg/capture-arguments.ts';
import { primaryVideo } from '../../libs/engines/src/media/media-info.ts';

/** A folder of its own for a test file; `remove` ends it. */
export async function temporaryFolder(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'proxy-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs FFmpeg to make a source; arguments are split at spaces, so values have none. */
export async function makeSource(path: string, ...parts: string[]): Promise<string> {
  const args = ['-v', 'error', '-nostdin', '-y', ...parts.join(' ').split(' ')];
  const make = (output: string) => execa('ffmpeg', [...args, output]);
  // Not cached: the result depends on the bytes of a file.
  if (args.some((word) => isAbsolute(word))) await make(path);
  else await fromCache(path, args, make);
  return path;
}

const BOUNDS = {
  signal: new AbortController().signal,
  stallSeconds: DEFAULT_SETTINGS.stallTimeoutSeconds,
};

/** The product's own view of a file, and of its packets. */
export async function describeFile(path: string): Promise<MediaInfo> {
  const file = mediaFile(path, BOUNDS);
  const [probed, scanned] = [await file.probe(), await file.scan()];
  if ('error' in probed) throw new Error(probed.error);
  if ('error' in scanned) throw new Error(scanned.error);
  return withPackets(probed.media, packetsOf(scanned.media));
}

export interface MadeProxy {
  plan: ProxyPlan;
  output: string;
  media: MediaInfo;
  counts: RunCounts;
}

/** Plans and encodes one proxy as the runner does, without its file handling. */
export async function makeProxy(
  request: ProxyRequest,
  input: string,
  output: string,
): Promise<MadeProxy> {
  const source = await describeFile(input);
  const plan = planned(request, source);
  const { stdout } = await execa('ffmpeg', ffmpegArguments(plan, { input, output }));
  return made(plan, source, output, stdout);
}

/**
 * The same by the product's own pass and inspection, which compare everything that the proxy shows and how it sounds with its source.
 *
 * @param lie changes the arguments, for an encoder that isn't asked what it says.
 */
export async function makeCompared(
  request: ProxyRequest,
  input: string,
  output: string,
  lie: (args: string[]) => string[] = (args) => args,
): Promise<
  MadeProxy & { content: VerificationCheck[] } & Pick<InspectedProxy, 'thumbnails' | 'facts'>
> {
  const source = await describeFile(input);
  const plan = planned(request, source);
  const task = taskOf(request, source, input, output);
  const quantiser = { choice: null, tried: [] };
  const pass = new EncodePass({ request, source, plan, quantiser });
  const programs = mediaPrograms(BOUNDS);
  return withCapture(task, captureBytes(plan), BOUNDS.signal, async (capture) => {
    const call = pass.call({ input, output, capture: capture.path });
    const [program, ...args] = call.argv;
    const { exitCode, stderr } = await programs.run({ ...call, argv: [program, ...lie(args)] });
    if (exitCode !== 0) throw new Error(stderr);
    const seen = await inspectProxy({ task, pass, capture }, programs);
    const { verification, failure, frameSizes, thumbnails, facts } = seen;
    if (failure !== null && verification.every(({ passed }) => passed)) throw failure;
    const counts = { ...pass.counts, source };
    const media = await describeFile(output);
    // FFmpeg's list of packets while it reads a proxy must equal that of ffprobe.
    if (failure === null) expect(frameSizes).toEqual(primaryVideo(media)?.packets?.sizes);
    const declared = new Set(verifyOutput(plan, media, counts).map(({ check }) => check));
    const content = verification.filter(({ check }) => !declared.has(check));
    const run = { plan, output, counts, media, content, thumbnails, facts };
    return { run, lacksSpace: false };
  });
}

function taskOf(
  request: ProxyRequest,
  source: MediaInfo,
  sourcePath: string,
  output: string,
): ClipTask {
  return {
    request,
    source,
    sourcePath,
    sourceFile: sourcePath,
    namedSource: sourcePath,
    outputPath: output,
    stagingPath: output,
    stagedFile: output,
    adopt: async () => undefined,
    stagingFolder: `${output}.folder`,
    scratchFolders: [`${output}.scratch`],
    namedFolder: dirname(output),
    wantsThumbnails: true,
  };
}

async function made(
  plan: ProxyPlan,
  source: MediaInfo,
  output: string,
  report: string,
): Promise<MadeProxy> {
  const counts = { ...countsOf(progressOf(report), plan), source };
  return { plan, output, counts, media: await describeFile(output) };
}

export function planned(request: ProxyRequest, source: MediaInfo): ProxyPlan {
  const { plan, violations } = planProxy(request, source);
  if (!plan) throw new Error(violations.map(({ message }) => message).join(' '));
  return plan;
}

/** The checks that a proxy fails, as a readable list. */
export function failedChecks({
  plan,
  media,
  counts,
  content = [],
}: MadeProxy & { content?: readonly VerificationCheck[] }): string[] {
  return [...verifyOutput(plan, media, counts), ...content]
    .filter(({ passed }) => !passed)
    .map(({ check, expected, actual }) => `${check}: ${JSON.stringify({ expected, actual })}`);
}

/** The independent reader: ffprobe's JSON as it is. */
export async function probeJson(path: string): Promise<ProbeJson> {
  const argv = '-v error -of json -show_format -show_streams -count_packets'.split(' ');
  const { stdout } = await execa('ffprobe', [...argv, path]);
  return JSON.parse(stdout) as ProbeJson;
}

export interface ProbeJson {
  format: { format_name: string; duration: string; tags?: Record<string, string> };
  streams: (Record<string, string | number | undefined> & { tags?: Record<string, string> })[];
}

function progressOf(report: string): EncoderProgress {
  const progress = new EncoderProgress();
  progress.take(Buffer.from(report + '\n'));
  return progress;
}
