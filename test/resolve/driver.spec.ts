/** @module-tag night */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StandInResolve, type Scenario } from '../support/resolve.ts';
import { runDriver, type DriverLine } from '../support/resolve-driver.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

async function standIn(scenario: Scenario): Promise<StandInResolve> {
  const resolve = await StandInResolve.create(scenario);
  onTestFinished(() => resolve.remove());
  return resolve;
}

/** Renders a clip of a name into a folder of its own. */
async function render(resolve: StandInResolve, name: string, request = {}, plan = {}) {
  const path = join(folder.path, `${name}.braw`);
  const directory = join(folder.path, name);
  await writeFile(path, 'undeveloped');
  await mkdir(directory);
  return runDriver(resolve, { command: 'render', source: { path }, directory, ...request }, plan);
}

const errorOf = (lines: readonly DriverLine[]) => lines.find(({ event }) => event === 'error');

describe('the driver', () => {
  it('gives Resolve the time that it is told, by its own clock, and hardly more', async () => {
    const seconds = 2;
    const request = { command: 'probe', connectSeconds: seconds };
    const lines = await runDriver(await standIn({ running: false }), request);
    const connect = lines.find(({ phase }) => phase === 'connect');
    const error = errorOf(lines);
    expect(error).toMatchObject({ code: 'NOT_CONNECTED', phase: 'connect' });
    const waited = (error?.ms ?? 0) - (connect?.ms ?? 0);
    expect(waited).toBeGreaterThanOrEqual(seconds * 1000);
    expect(waited).toBeLessThanOrEqual((seconds + 1) * 1000);
  });

  it('names each phase before it, and tells of progress that never goes back', async () => {
    const lines = await render(await standIn({ progress_step_s: 0.7 }), 'progress');
    const phases = lines.flatMap(({ event, phase }) => (event === 'phase' ? [phase] : []));
    const before = 'load_module connect ready gate project import timeline settings queue start';
    expect(phases).toEqual([...before.split(' '), 'render', 'cleanup']);
    const percents = lines.flatMap(({ percent }) => (typeof percent === 'number' ? percent : []));
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(new Set(percents).size).toBeGreaterThan(2);
    expect(percents.at(-1)).toBe(100);
    expect(lines.at(-1)).toMatchObject({ event: 'end', left: [] });
  });

  it('takes no codec by its description', async () => {
    const resolve = await standIn({});
    const plan = { codecs: ['Apple ProRes 422 Proxy'] };
    expect(errorOf(await render(resolve, 'described', {}, plan))).toMatchObject({
      code: 'CODEC_UNAVAILABLE',
      message: expect.stringContaining('it has: ProRes422P, '),
    });
    expect(await resolve.projects()).toEqual([]);
  });

  it('says when a project of that name is there, and leaves it', async () => {
    const resolve = await standIn({});
    await resolve.addProject('taken');
    const lines = await render(resolve, 'taken', { project: 'taken' });
    expect(errorOf(lines)).toMatchObject({
      code: 'PROJECT_CREATE',
      message: "Resolve can't create the project taken: it exists already.",
    });
    expect(await resolve.projects()).toEqual(['taken']);
  });

  it('names at its end what stays in Resolve', async () => {
    const resolve = await standIn({ delete_project: 'refused' });
    const lines = await render(resolve, 'refused');
    expect(lines.map(({ event }) => event)).toContain('result');
    expect(lines.at(-1)).toMatchObject({ event: 'end', left: ['ours 1-1-1'] });
  });
});
