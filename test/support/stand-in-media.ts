import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeTold, readTold } from '../proxy/content.ts';
import { describeFile, planned } from '../proxy/support.ts';
import { makeClip } from './media.ts';
import { JobFolder } from './job-folder.ts';
import { RunnerProcess } from './runner-process.ts';

/** A tiny source, and the very proxy that the runner with the real FFmpeg makes of it. */
export async function makeStandInMedia(base: string): Promise<{ source: string; proxy: string }> {
  const source = await makeClip(base, 'source.mov', { width: 160, height: 90, frames: 10 });
  const folder = await JobFolder.create(join(base, 'calibration'));
  await folder.submit('first.json', [source], { job_id: 'proxy' });
  const runner = new RunnerProcess(folder.root);
  await runner.exit();
  const result = await folder.result();
  if (result.final_status !== 'COMPLETED') throw new Error(`no proxy: ${result.failure_reason}`);
  const proxy = join(base, 'proxy.mp4');
  await rename(join(folder.output, 'proxy-000.mp4'), proxy);
  await tellContent(source, proxy);
  return { source, proxy };
}

/** Leaves beside a proxy what FFmpeg told of its source, and what it reads of both. */
async function tellContent(source: string, proxy: string) {
  const job = { codec: 'h264', container: 'mp4', resolution: 'same', explicitFps: null } as const;
  const plan = planned(job, await describeFile(source));
  const { tap } = await encodeTold(plan, source, `${proxy}.again.mp4`);
  const told = { pictures: `${proxy}.told`, lines: `${proxy}.told.lines` };
  await rename(tap.pictures, told.pictures);
  await rename(tap.lines, told.lines);
  const read = await readTold(plan, proxy, told, [0, 4, 9]);
  const [pictures = '', lines = '', packets = '', posters = ''] = read;
  await writeFile(`${proxy}.read`, pictures);
  await writeFile(`${proxy}.lines`, lines);
  await writeFile(`${proxy}.packets`, packets);
  await writeFile(`${proxy}.posters`, posters);
}
