import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
let place = '';

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'to-watch-'));
});
afterEach(() => rm(place, { recursive: true }));

async function fill(names: readonly string[]) {
  for (const name of names)
    if (name.endsWith('/')) await mkdir(join(place, name));
    else await writeFile(join(place, name), '');
}

describe('a runner takes a folder', () => {
  it.each([
    ['that is empty', []],
    ['with hidden entries', ['.DS_Store', '.Trashes/']],
    [
      'with what shares put there',
      ['lost+found/', '@eaDir/', '#recycle/', '$RECYCLE.BIN/', 'Thumbs.db'],
    ],
    ['that is a watch folder, whatever else is in it', ['pending/', 'A001/', 'notes.txt']],
    ['that a runner has worked on', ['.runner/', 'A001/']],
  ])('%s', async (_, names) => {
    await fill(names);
    const { exitCode, stderr } = await cli([place, '--once']);
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
    expect(await readdir(place)).toEqual(expect.arrayContaining(['completed', 'pending']));
  });

  it.each([
    ['a card', ['A001/', 'B001/']],
    ['a folder with a clip', ['.DS_Store', 'A001C001.mov']],
  ])('and leaves %s as it is, with a sentence', async (_, names) => {
    await fill(names);
    const before = await readdir(place);
    const { exitCode, stderr } = await cli([place, '--once']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`"${place}" is not a watch folder. It holds other files, such as "`);
    const doctor = await cli(['doctor', place]);
    expect(doctor.exitCode).toBe(1);
    expect(doctor.stdout).toContain(`NO  "${place}" is not a watch folder. It holds other files`);
    expect(await readdir(place)).toEqual(before);
  });
});

describe('a watch folder that nobody has used yet', () => {
  it.each([
    [['pending/'], 'pending'],
    [['pending/', 'running/', 'completed/', 'failed/'], 'completed'],
    [['pending/', '.runner/'], '.runner'],
    [['.runner/'], '.runner'],
  ])('of %j gets no proxies of another runner into %s', async (names, state) => {
    await fill(names);
    const output_directory = join(place, state);
    await folder().dropJob('a.json', { sources: [clips['a.mov']], output_directory });
    await runOnce(folder());
    expect(await folder().result('a.json')).toMatchObject({
      failure_type: 'PathNotAllowedError',
      failure_reason: expect.stringContaining('belongs to a watch folder'),
    });
    expect(await readdir(output_directory)).toEqual([]);
  });

  it('is no folder that only has the name of a state', async () => {
    await fill(['completed/']);
    const output_directory = join(place, 'completed');
    await folder().dropJob('a.json', { sources: [clips['a.mov']], output_directory });
    await runOnce(folder());
    expect((await folder().result('a.json')).final_status).toBe('COMPLETED');
  });
});
