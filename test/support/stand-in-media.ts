import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ffmpegArguments } from '../../libs/engines/src/ffmpeg/arguments.ts';
import { readArguments } from '../../libs/engines/src/ffmpeg/read-arguments.ts';
import { describeFile, planned } from '../proxy/support.ts';
import { fromCache } from './fixture-cache.ts';
import { makeSource } from './media.ts';
import { JobFolder } from './job-folder.ts';
import { RunnerProcess } from './runner-process.ts';

/** Program that makes the proxy, and those that read it: the built runner, and the readers of tests. */
const MAKERS = [
  '../../dist/apps/runner/src/main.cjs',
  '../proxy/support.ts',
  './stand-in-media.ts',
].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** A tiny source, and the very proxy that the runner with the real FFmpeg makes of it. */
export async function makeStandInMedia(base: string): Promise<{ source: string; proxy: string }> {
  const makers = await Promise.all(MAKERS.map(sha256));
  const folder = join(base, 'stand-in');
  await fromCache(folder, makers, makeMedia);
  return { source: join(folder, 'source.mov'), proxy: join(folder, 'proxy.mp4') };
}

async function makeMedia(base: string): Promise<void> {
  await mkdir(base);
  const source = await makeSource(base, 'source.mov', { width: 160, height: 90, frames: 10 });
  const folder = await JobFolder.create(join(base, 'calibration'));
  await folder.submit('first.json', [source], { job_id: 'proxy' });
  const runner = new RunnerProcess(folder.root);
  await runner.exit();
  const result = await folder.result();
  if (result.final_status !== 'COMPLETED') throw new Error(`no proxy: ${result.failure_reason}`);
  const proxy = join(base, 'proxy.mp4');
  await rename(join(folder.output, 'proxy-000.mp4'), proxy);
  await tellContent(source, proxy);
  await rm(join(base, 'calibration'), { recursive: true });
}

/** Leaves beside a proxy what FFmpeg told of its source, and what it reads of both. */
async function tellContent(source: string, proxy: string) {
  const job = { codec: 'h264', container: 'mp4', resolution: 'same', explicitFps: null } as const;
  const plan = planned(job, await describeFile(source));
  const capture = `${proxy}.told`;
  await pipesOf(ffmpegArguments(plan, { input: source, output: `${proxy}.again.mp4`, capture }), 0);
  const read = await pipesOf(readArguments(plan, proxy, capture, [0, 4, 9]), 2);
  const [pictures = '', packets = '', thumbnails = ''] = read;
  await writeFile(`${proxy}.read`, pictures);
  await writeFile(`${proxy}.packets`, packets);
  await writeFile(`${proxy}.thumbnails`, thumbnails);
}

/** Output of FFmpeg on stdout, and on each further pipe. */
async function pipesOf(args: readonly string[], count: number): Promise<Uint8Array[]> {
  const pipes = Array.from({ length: count }, () => 'pipe' as const);
  const { stdio } = await execa('ffmpeg', args, {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes],
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  return [stdio[1], ...stdio.slice(3)].map((bytes) => bytes as Uint8Array);
}

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
