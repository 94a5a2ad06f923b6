import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { probeJson } from '../proxy/support.ts';
import { runOnce } from '../support/runner.ts';
import type { TestFolder } from '../support/watch-folder.ts';
import { DAMAGES, type Damage } from './damages.ts';
import { FRAMES, makeHealthyClips, SECONDS, type Healthy } from './healthy.ts';

/** How the runner ended the job of one clip, and what an independent reader finds in its proxy. */
export interface Verdict {
  clip: string;
  /** `null` for the healthy clip. */
  damage: Damage | null;
  result: JobResult;
  /** Whether the proxy has every frame and all sound of the healthy clip; false where there is none. */
  isComplete: boolean;
}

/** Makes every clip healthy and with every damage that its format can have, and lets the runner work on all of them. */
export async function damageVerdicts(sources: string, folder: TestFolder): Promise<Verdict[]> {
  const cases: [clip: Healthy, damage: Damage | null][] = [];
  for (const clip of await makeHealthyClips(sources)) {
    const possible = DAMAGES.filter(({ formats }) => formats?.includes(clip.format) ?? true);
    for (const damage of [null, ...possible]) {
      const path = damage ? join(sources, `${cases.length}.${clip.format}`) : clip.path;
      await damage?.make(clip, path);
      await drop(folder, String(cases.length), path);
      cases.push([clip, damage]);
    }
  }
  await runOnce(folder, { maxWorkers: 2 });
  const results = new Map((await folder.archived()).map(({ name, result }) => [name, result]));
  const verdicts: Verdict[] = [];
  for (const [index, [clip, damage]] of cases.entries()) {
    const result = results.get(`${index}.json`);
    if (!result) throw new Error(`Expected a result for ${clip.name}, ${damage?.name}`);
    verdicts.push({ clip: clip.name, damage, result, isComplete: await isComplete(result) });
  }
  return verdicts;
}

function drop(folder: TestFolder, job: string, source: string): Promise<void> {
  return folder.dropJob(`${job}.json`, {
    sources: [source],
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'half',
    naming_template: job,
  });
}

async function isComplete({ final_status, clips: [made] }: JobResult): Promise<boolean> {
  if (final_status !== 'COMPLETED' || !made) return false;
  const [picture, sound] = (await probeJson(made.resolved_output_path)).streams;
  return (
    Number(picture?.['nb_read_packets']) === FRAMES &&
    Math.abs(Number(sound?.['duration']) - SECONDS) < 0.05
  );
}
