import { existsSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ClipJournal } from '../../apps/runner/src/job/clip-journal.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
const EMPTY_OBJECTS = `{"final_status":"COMPLETED","clips":[${'{},'.repeat(20 * 2 ** 20)}{}]}`;
const running = (name: string) => folder().path('running', name);

/** Moves an archived pair, or a part of it, back to where a crash would have left it. */
async function undo(...files: string[]) {
  for (const file of files) await rename(folder().path('completed', file), running(file));
}

async function completeJob() {
  await folder().dropJob('x.json', { sources: [clips['a.mov']] });
  await runOnce(folder());
}

describe('a job that was running without a result', () => {
  it('has failed as interrupted, and says when and where it was found', async () => {
    await folder().dropJob('x.json', { job_id: 'mine', sources: ['/a.mov', '/b.mov'] });
    await rename(folder().path('pending', 'x.json'), running('x.json'));
    const { summary, isClean } = await runOnce(folder());
    expect(summary).toBe('1 job: 0 done, 1 failed, 0 rejected');
    expect(isClean).toBe(false);
    expect(await folder().result('x.json')).toMatchObject({
      job_id: 'mine',
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
      failure_reason: 'runner interrupted',
      clips: [],
      total_clips: 2,
      _recovery: { reason: 'runner interrupted', original_path: running('x.json') },
      _metadata: { worker_id: null },
    });
    expect(await folder().names('running')).toEqual([]);
  });

  it('has failed as interrupted even if its JobSpec is none', async () => {
    await writeFile(running('x.json'), '{ no');
    await runOnce(folder());
    expect((await folder().result('x.json')).failure_type).toBe('RunnerInterrupted');
  });

  it('lists the clips that its journal knows as published, and loses what was staged', async () => {
    await completeJob();
    const [clip] = (await folder().result('x.json')).clips;
    if (!clip) throw new Error('Expected a clip');
    const staged = join(folder().output, '.staged.partial.mov');
    await writeFile(staged, 'half');
    await writeFile(join(folder().output, '.foreign.partial.mov'), 'of somebody else');
    const journals = join(folder().root, '.runner/journals');
    const journal = new ClipJournal(journals, 'x.json');
    const path = clip.resolved_output_path;
    await journal.publish({ path, inode: String((await stat(path)).ino) }, clip);
    const scratch = join(folder().root, '..', '.wfr-scratch');
    await mkdir(scratch, { mode: 0o700 });
    for (const name of ['pictures.nut', 'unverified-render.mov'])
      await writeFile(join(scratch, name), 'half');
    await journal.begin(staged, scratch);
    await journal.close();
    await appendFile(join(journals, 'x.json'), '{"stagingPath": "cut o');
    await undo('x.json');
    await rename(folder().path('completed', 'x.result.json'), folder().beside('x.result.json'));
    await runOnce(folder());
    expect(await folder().result('x.json')).toMatchObject({
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
      execution_engine: 'ffmpeg',
      completed_clips: 1,
      clips: [clip],
    });
    expect(await folder().names('output')).toEqual(['.foreign.partial.mov', 'a_proxy.mov']);
    expect(await readdir(journals)).toEqual([]);
    expect(existsSync(scratch)).toBe(false);
  });
});

describe('a decided job', () => {
  it.each([
    ['before its job was moved', ['x.json', 'x.result.json']],
    ['after its job was moved', ['x.result.json']],
  ])('is archived as it was decided: %s', async (_, files) => {
    await completeJob();
    const before = await readFile(folder().path('completed', 'x.result.json'));
    await undo(...files);
    const { summary } = await runOnce(folder());
    expect(summary).toBe('1 job: 1 done, 0 failed, 0 rejected');
    expect(await readFile(folder().path('completed', 'x.result.json'))).toEqual(before);
    expect(await folder().names('completed')).toEqual(['x.json', 'x.result.json']);
    expect(await folder().names('running')).toEqual([]);
  });

  it('stays in the watch folder when its result would lead out of it', async () => {
    await completeJob();
    await undo('x.json', 'x.result.json');
    const text = await readFile(running('x.result.json'), 'utf8');
    const evil = text.replace('"archived_as": "x.json"', '"archived_as": "../../proxies/x.json"');
    await writeFile(running('x.result.json'), evil);
    await runOnce(folder());
    expect(await folder().names('output')).toEqual(['a_proxy.mov']);
    expect((await folder().result('x.json')).failure_type).toBe('RunnerInterrupted');
  });
});

describe('a result that decides nothing', () => {
  it.each([
    ['it can not be read', () => '{"final_status": "COMPL'],
    ['it is no result', () => '[]'],
    [
      'one of its clips is damaged',
      (other: string) => other.replace('"exit_code":', '"exit_code"'),
    ],
    ['it belongs to another job', (other: string) => other],
    [
      'it would be archived elsewhere',
      (other: string) => other.replace('"archived_as": "x.json"', '"archived_as": "../../x.json"'),
    ],
  ])('is kept, and the job counts as interrupted: %s', async (_, make) => {
    await completeJob();
    const text = make(await readFile(folder().path('completed', 'x.result.json'), 'utf8'));
    const spec = jobSpec({ sources: ['/nowhere/b.mov'], output_directory: folder().output });
    await writeFile(running('y.json'), JSON.stringify(spec));
    await writeFile(running('y.result.json'), text);
    await runOnce(folder());
    expect((await folder().result('y.json')).failure_type).toBe('RunnerInterrupted');
    const kept = join(folder().root, '.runner/kept');
    const [name = ''] = await readdir(kept);
    expect(await readFile(join(kept, name), 'utf8')).toBe(text);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ['a FIFO', (path) => execa('mkfifo', [path])],
    ['a link to one that never ends', (path) => symlink('/dev/zero', path)],
    ['a file of four terabytes', (path) => execa('truncate', ['-s', '4T', path])],
  ])('is not even read when it is %s', async (_, make) => {
    await putInterruptedJob();
    await make(running('y.result.json'));
    const took = await secondsOf(() => runOnce(folder()));
    const usual = await secondsOf(() => runOnce(folder()));
    // Storage that does not answer is given up after 15 s.
    expect(took - usual).toBeLessThan(15);
    await expectKept();
  });

  it('costs little work when it is a file of 60 MiB of empty objects', async () => {
    await putInterruptedJob();
    await writeFile(running('y.result.json'), EMPTY_OBJECTS);
    const before = process.cpuUsage();
    await runOnce(folder());
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(15);
    await expectKept();
  });

  async function putInterruptedJob(): Promise<void> {
    await mkdir(folder().path('running'), { recursive: true });
    const spec = jobSpec({ sources: ['/nowhere/b.mov'], output_directory: folder().output });
    await writeFile(running('y.json'), JSON.stringify(spec));
  }

  async function expectKept(): Promise<void> {
    expect((await folder().result('y.json')).failure_type).toBe('RunnerInterrupted');
    expect(await readdir(join(folder().root, '.runner/kept'))).toEqual(['y.result.json']);
  }

  it('is kept under its longest name too, as often as it comes', async () => {
    const name = `${'n'.repeat(243)}.result.json`;
    for (const text of ['first', 'second']) {
      await writeFile(running(name), text);
      await runOnce(folder());
    }
    expect(await folder().names('running')).toEqual([]);
    expect(await readdir(join(folder().root, '.runner/kept'))).toHaveLength(2);
  });
});

describe('what else is in running/', () => {
  it('is left alone, but for the runner’s own unfinished result', async () => {
    await writeFile(running('.result.tmp'), '{');
    await writeFile(running('notes.txt'), 'of somebody else');
    await mkdir(running('folder'));
    const { summary } = await runOnce(folder());
    expect(summary).toBe('0 jobs: 0 done, 0 failed, 0 rejected');
    expect(await folder().names('running')).toEqual(['folder', 'notes.txt']);
  });

  it('does not hold other jobs up: a folder named like a job', async () => {
    await mkdir(running('a.json'));
    await folder().drop('b.json', '{}');
    await runOnce(folder());
    expect((await folder().result('b.json')).failure_type).toBe('JobSpecValidationError');
  });
});

describe('recovery', () => {
  it('changes nothing when it is done again', async () => {
    await writeFile(running('x.json'), '{}');
    await runOnce(folder());
    const before = await readFile(folder().path('failed', 'x.result.json'));
    const { summary } = await runOnce(folder());
    expect(summary).toBe('0 jobs: 0 done, 0 failed, 0 rejected');
    expect(await readFile(folder().path('failed', 'x.result.json'))).toEqual(before);
  });
});

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
