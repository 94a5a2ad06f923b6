import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { check, clipResult, jobResult } from '../support/job-result.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
let volume = '';
const EMPTY = '<ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0"></ascmhldirectory>';

const at = (...names: string[]) => join(volume, ...names);

/** A proxy, and the result of the job that has made it. */
async function made(day: string) {
  const proxy = at('proxies', day, 'a.mov');
  await mkdir(at('proxies', day), { recursive: true });
  await writeFile(proxy, day);
  const clip = clipResult(day, {
    resolved_output_path: proxy,
    output_size_bytes: day.length,
    verification: [check(), check({ check: 'frame_rate', expected: '25/1', actual: '25/1' })],
  });
  // As earlier runners wrote it: the size is compared then.
  const { output_xxh64: _, ...older } = clip;
  const result = { ...jobResult({ job_id: day }), clips: [older] };
  await writeFile(at('watch/completed', `${day}.result.json`), JSON.stringify(result));
}

async function handOver(...args: string[]) {
  await rm(at('lists'), { recursive: true, force: true });
  return cliHere(['handover', at('watch'), '--output', at('lists'), ...args]);
}

const listsIn = (...folders: string[]) =>
  readdir(at(...folders, 'ascmhl')).then(
    (names) => names.filter((name) => name.endsWith('.mhl')).map((name) => name.slice(0, 4)),
    () => null,
  );

beforeEach(async () => {
  // Of the volume that everything lies on, written by a program that offloads cards.
  volume = await mkdtemp(join(temporary.path, 'volume-'));
  for (const name of ['watch/completed', 'watch/failed', 'ascmhl'])
    await mkdir(at(name), { recursive: true });
  await writeFile(at('ascmhl/ascmhl_chain.xml'), EMPTY);
  await made('day1');
  await made('day2');
});

describe('the history that proxies belong to', () => {
  it('lies in the folder of all proxies, and not above it', async () => {
    const { exitCode, stderr } = await handOver();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(await listsIn()).toEqual([]);
    expect(await listsIn('proxies')).toEqual(['0001']);
  });

  it('is the one that other proxies of the watch folder are in', async () => {
    await handOver();
    expect((await handOver('--jobs', 'day2')).exitCode).toBe(0);
    expect(await listsIn('proxies')).toEqual(['0001', '0002']);
    expect(await listsIn('proxies/day2')).toBeNull();
  });

  it('is the nearest one', async () => {
    await mkdir(at('proxies/day2/ascmhl'));
    await writeFile(at('proxies/day2/ascmhl/ascmhl_chain.xml'), EMPTY);
    await handOver();
    expect(await listsIn('proxies/day2')).toEqual(['0001']);
    expect(await listsIn('proxies/day1')).toEqual(['0001']);
  });
});
