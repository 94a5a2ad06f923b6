import { rename } from 'node:fs/promises';
import { join } from 'node:path';
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
  return { source, proxy };
}
