import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
let folder: JobFolder;
let lists: string;

const DROP_FRAME = ['-frames:v', '30', '-timecode', '00:59:59;15'];
const FIELDS = ['-c:v', 'mpeg2video', '-flags', '+ilme+ildct', '-vf', 'setfield=tff'];
const INTERLACED = ['-frames:v', '25', ...FIELDS, '-timecode', '10:00:00:00'];

async function makeSource(name: string, rate: string, args: readonly string[]): Promise<string> {
  const path = join(temporary.path, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=160x120:d=1:r=${rate}`];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1:r=48000', '-ac', '2'];
  const codecs = ['-c:v', 'mpeg4', '-c:a', 'pcm_s16le', '-metadata:s:v', 'reel_name=A001'];
  await execa('ffmpeg', ['-v', 'error', ...picture, ...sound, ...codecs, ...args, path]);
  return path;
}

beforeAll(async () => {
  folder = await JobFolder.create(temporary.path);
  const fields = { codec: 'prores_proxy', container: 'mov', naming_template: '{source_name}' };
  const clip = await makeSource('A001C001.mov', '30000/1001', DROP_FRAME);
  await folder.submit('day1.json', [clip], { job_id: 'one', ...fields });
  const field = await makeSource('<b> & "c".mov', '25', INTERLACED);
  await folder.submit('day2.json', [field], { job_id: 'two', ...fields });
  await folder.submit('day3.json', ['/not/here.mov'], { job_id: 'three', ...fields });
  await runOnce(folder);
});

beforeEach(async () => {
  lists = join(temporary.path, 'lists');
  await rm(lists, { recursive: true, force: true });
  await mkdir(lists);
});

const handover = (...args: string[]) =>
  cli(['handover', folder.root, '--output', lists, ...args], { env: { TZ: 'UTC' } });
const list = (name: string) => readFile(join(lists, name), 'utf8');

/** Columns of an ALE by the name of their clip. */
function rowsOf(ale: string): Record<string, Record<string, string>> {
  const [, head = '', data = ''] = /Column\n(.*)\n\nData\n([^]*)/.exec(ale) ?? [];
  const columns = head.split('\t');
  const rows = data.trimEnd().split('\n');
  const cells = rows.map((row) => row.split('\t').map((cell, at) => [columns[at] ?? '', cell]));
  return Object.fromEntries(cells.map((row) => [row[0]?.[1] ?? '', Object.fromEntries(row)]));
}

describe('handover', () => {
  it('writes an ALE for each rate, with drop-frame and fields', async () => {
    await handover();
    const dropFrame = await list('handover-29.97.ale');
    expect(dropFrame).toContain('\nFPS\t29.97\n');
    expect(rowsOf(dropFrame)['A001C001']).toMatchObject({
      Tracks: 'VA1A2',
      Start: '00:59:59;15',
      End: '01:00:00;15',
      Tape: 'A001',
      'Source File': 'A001C001.mov',
    });
    const interlaced = rowsOf(await list('handover-25.ale'))['<b> & "c"'];
    expect(interlaced).toMatchObject({ Start: '10:00:00:00', End: '10:00:01:00', FPS: '25' });
    expect(interlaced?.['Field Order']).not.toBe('progressive');
  });

  it('lists what was made and what failed, for spreadsheets and people', async () => {
    const { exitCode, stdout } = await handover();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('2 done, 1 failed.');
    const csv = await list('handover.csv');
    for (const name of ['A001C001.mov', '<b> & "c".mov']) {
      const { stdout: hash } = await execa('xxhsum', ['-H64', join(folder.output, name)]);
      expect(csv).toContain(`,${hash.slice(0, 16)},`);
    }
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv).toContain('Failed,/not/here.mov,,MissingSourcesError: ');
    expect(stdout).toContain('\nFailed: /not/here.mov: MissingSourcesError: ');
  });

  it('takes jobs by name, and says what is not there', async () => {
    const { stdout } = await handover('--jobs', 'day2.json', 'nothing', '--json');
    const done = JSON.parse(stdout) as { made: number; problems: string[] };
    expect(done.made).toBe(1);
    expect(done.problems).toEqual([
      '"nothing" is not a job of this watch folder. Name it as its file or its job id.',
    ]);
  });

  it('says that a folder is no watch folder', async () => {
    const { exitCode, stderr } = await cli(['handover', join(temporary.path, 'nothing')]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('is not a watch folder.');
  });
});
