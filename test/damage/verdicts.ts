import { join } from 'node:path';
import type { JobResult } from '@app/jobspec';
import { probeJson } from '../proxy/support.ts';
import { runOnce } from '../support/runner.ts';
import type { TestFolder } from '../support/watch-folder.ts';
import { DAMAGES, type Damage } from './damages.ts';
import { FRAMES, makeHealthyClips, SECONDS, type Healthy } from './healthy.ts';

/** Outcome of the job of one clip, and the findings of an independent reader in its proxy. */
export interface Verdict {
  clip: string;
  /** `null` for the healthy clip. */
  damage: Damage | null;
  result: JobResult;
  /** True if the proxy has every frame and all audio of the healthy clip; false without a proxy. */
  isComplete: boolean;
}

/** A healthy clip, and what is to become of it; `null` for nothing. */
type Case = readonly [clip: Healthy, damage: Damage | null];

/** Every clip healthy and with every damage that its format can have. */
export const everyCase = (clips: readonly Healthy[]): Case[] =>
  clips.flatMap((clip) =>
    [null, ...DAMAGES.filter(isPossible(clip))].map((damage) => [clip, damage] as const),
  );

/** Every damage to one clip, in turn through the formats that can have it, and a clip that nothing happens to. */
export function eachDamageOnce(clips: readonly Healthy[]): Case[] {
  return [null, ...DAMAGES].map((damage, turn) => {
    const possible = clips.filter((clip) => damage === null || isPossible(clip)(damage));
    return [possible[turn % possible.length] as Healthy, damage] as const;
  });
}

const isPossible =
  ({ format }: Healthy) =>
  ({ formats }: Damage) =>
    formats?.includes(format) ?? true;

/** Makes the clips of some cases, and lets the runner work on all of them. */
export async function damageVerdicts(
  sources: string,
  folder: TestFolder,
  casesOf: (clips: readonly Healthy[]) => Case[],
): Promise<Verdict[]> {
  const cases = casesOf(await makeHealthyClips(sources));
  for (const [index, [clip, damage]] of cases.entries()) {
    const path = damage ? join(sources, `${index}.${clip.format}`) : clip.path;
    await damage?.make(clip, path);
    await drop(folder, String(index), path);
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
