/** @module-tag night */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveOf, JOB_STATES, resultNameOf } from '@app/jobspec/folder';
import { makeSource } from '../support/media.ts';
import { useFarm } from './farm.ts';
import { programsThatKill } from './stepped-programs.ts';

const farm = useFarm();
const { drop, result, recover } = farm;
/** Hidden ones are nobody's. */
const names = async (state: string) =>
  (await farm.names(state)).filter((name) => !name.startsWith('.'));
const JOB_ID = 'the-one';

/** Folder and name of the job. */
async function places(): Promise<string[]> {
  const found: string[] = [];
  for (const state of JOB_STATES)
    for (const name of await names(state)) {
      const text = await readFile(join(farm.path, state, name), 'utf8');
      if (!name.endsWith('.result.json') && text.includes(JOB_ID)) found.push(`${state}/${name}`);
    }
  return found;
}

/** The job once, and if it isn't waiting, archived with a whole result of its own. @returns its place. */
async function expectOnce(): Promise<string> {
  const found = await places();
  expect(found).toHaveLength(1);
  const [place = ''] = found;
  expect(await names('running')).toEqual([]);
  const [state = '', name = ''] = place.split('/');
  if (state === 'pending') return place;
  const { job_id, final_status, _metadata } = await result(resultNameOf(place));
  expect(job_id).toBe(JOB_ID);
  expect(_metadata.archived_as).toBe(name);
  expect(archiveOf(final_status)).toBe(state);
  return place;
}

/** Kills a task at each step in turn. @returns how many were killed. */
async function killEachStep(when: 'before' | 'after', isTaken: boolean, sources: string[]) {
  const programs = await programsThatKill(farm.path);
  const counter = join(farm.path, 'counter');
  for (let step = 1; ; step++) {
    await writeFile(counter, '');
    await drop('x.json', { job_id: JOB_ID, sources, naming_template: `{source_name}_${step}` });
    if (isTaken) await writeFile(join(farm.path, 'failed/x.json'), 'kept');
    const env = { COUNTER: counter, KILL_AT: String(step), KILL_WHEN: when };
    const { signal } = await (await farm.task(['x.json'], 0, { programs, env })).running;
    const wasKilled = signal === 'SIGKILL';
    await recover();
    let place = await expectOnce();
    if (place === 'pending/x.json') {
      await (
        await farm.task(['x.json'])
      ).running;
      place = await expectOnce();
    }
    expect(place).toMatch(isTaken ? /^failed\/x\.2\.json$/ : /^(completed|failed)\/x\.json$/);
    await clear();
    if (!wasKilled) return step - 1;
  }
}

async function clear() {
  for (const state of JOB_STATES)
    for (const name of await farm.names(state)) await rm(join(farm.path, state, name));
}

describe('a task that is killed at any of its steps, and what recovers it', () => {
  it.each([
    ['before', false],
    ['after', false],
    ['before', true],
    ['after', true],
  ] as const)(
    'leave the job once, with its result: %s the step; its name is taken: %s',
    async (when, isTaken) => {
      const killed = await killEachStep(when, isTaken, ['/nowhere/a.mov']);
      expect(killed).toBeGreaterThan(7);
    },
    600_000,
  );

  it('leave a job once whose proxies were made', async () => {
    const source = await makeSource(farm.path, 'a.mov', { frames: 2 });
    expect(await killEachStep('after', false, [source])).toBeGreaterThan(7);
  }, 600_000);
});
