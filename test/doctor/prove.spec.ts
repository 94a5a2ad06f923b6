import { join } from 'node:path';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { INestApplicationContext } from '@nestjs/common';
import type { Trial } from '@app/engines';
import { ffmpegTools } from '../../apps/runner/src/cli/handed-tools.ts';
import { DEFAULT_SETTINGS } from '../../apps/runner/src/config/settings.ts';
import { prove } from '../../libs/assistant/src/doctor/prove.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { RunnerModule } from '../../apps/runner/src/cli/application.ts';

const TRIALS: readonly Trial[] = [
  trial({ shape: 'interlaced', codec: 'prores_proxy', container: 'mov', text: 'counted text' }),
  trial({ shape: 'PQ', codec: 'h264', container: 'mp4', size: 'half', look: 'LUT' }),
  trial({ shape: 'alpha', codec: 'vp9', container: 'webm', look: 'CDL', text: 'still text' }),
];

const folder = useTemporaryFolder();
const path = process.env['PATH'];
let app: INestApplicationContext;
beforeAll(async () => {
  process.env['TMPDIR'] = folder.path;
  const module = RunnerModule.forRoot(DEFAULT_SETTINGS);
  app = await NestFactory.createApplicationContext(module, { logger: false });
});
afterAll(async () => {
  process.env['PATH'] = path;
  delete process.env['TMPDIR'];
  await app.close();
});

it('finds nothing wrong with a healthy FFmpeg, and leaves no file', async () => {
  const before = await leftFolders();
  expect(await faults()).toEqual([]);
  expect(await leftFolders()).toEqual(before);
});

it('names each proxy that an FFmpeg damages, in plain words', async () => {
  const { stdout: real } = await execa('which', ['ffmpeg']);
  const wrapper = join(folder.path, 'ffmpeg');
  await writeFile(
    wrapper,
    `#!${process.execPath}\n(${String(damagingFfmpeg)})(${JSON.stringify(real)})\n`,
  );
  await chmod(wrapper, 0o755);
  process.env['PATH'] = `${folder.path}:${path}`;
  expect((await faults()).toSorted()).toEqual([
    expect.stringMatching(/^h264 in mp4, half, of a source PQ, LUT, no text: .*colour/),
    expect.stringMatching(/^prores_proxy .* interlaced, no look, counted text: its text/),
    expect.stringMatching(/^vp9 .* alpha, CDL, still text: its text/),
  ]);
  process.env['PATH'] = path;
});

it('ends at a stop with its reason, and leaves no file', async () => {
  const stop = new AbortController();
  const before = await leftFolders();
  const proving = faults(stop.signal);
  stop.abort(new Error('stopped'));
  await expect(proving).rejects.toThrow('stopped');
  expect(await leftFolders()).toEqual(before);
});

async function faults(signal = new AbortController().signal): Promise<string[]> {
  const found: string[] = [];
  await prove({
    ffmpeg: ffmpegTools(app),
    signal,
    trials: TRIALS,
    onFault: (fault) => found.push(fault),
    onDone: () => undefined,
  });
  return found;
}

async function leftFolders(): Promise<string[]> {
  return (await readdir(folder.path)).filter((name) =>
    name.startsWith('watch-folder-runner-prove-'),
  );
}

/** Starts the real FFmpeg; in H.264, colour lies beside its luma, in ProRes timecode is a frame late, and in VP9 text lies two pixels beside. */
const damagingFfmpeg = (real: string) => {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const args = process.argv.slice(2);
  const at = args.lastIndexOf('-filter:v:0') + 1;
  if (args.includes('libx264') && at > 0) args[at] += ',chromashift=cbh=4:crh=4';
  const change = (pattern: RegExp, by: string) => {
    for (const [place, word] of args.entries()) args[place] = word.replaceAll(pattern, by);
  };
  if (args.includes('prores_ks')) change(/round\(t\*/g, 'round(1+t*');
  if (args.includes('libvpx-vp9')) change(/overlay=x=[1-9]\d*:y=/g, 'overlay=x=30:y=');
  const stdio = [0, 1, 2, 3, 4, 5, 6, 7];
  process.exitCode = spawnSync(real, args, { stdio }).status ?? 1;
};

function trial(given: Partial<Trial>): Trial {
  const usual = { shape: '4:4:4', size: 'same', look: 'no look', text: 'no text' } as const;
  return { codec: 'h264', container: 'mp4', ...usual, ...given };
}
