import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const FIELDS = { codec: 'prores_proxy', container: 'mov', naming_template: '{source_name}' };
/** As a Mac and as Windows call what is `temporary.path` here. */
const MAC = '/Volumes/Raid 1';
const WINDOWS = 'Z:\\';
let maps: string[];
let folder: JobFolder;
let file: string;

const atWindows = (...names: string[]) => WINDOWS + names.join('\\');

beforeAll(async () => {
  folder = await JobFolder.create(temporary.path);
  await mkdir(join(temporary.path, 'A001'));
  await makeSource(join(temporary.path, 'A001'), 'C1.mov', { width: 64, height: 36, frames: 5 });
  maps = ['--map-path', `${MAC}=${temporary.path}`, '--map-path', `${WINDOWS}=${temporary.path}`];
  const spec = folder.spec([atWindows('A001', 'C1.mov')], {
    ...FIELDS,
    output_directory: `${MAC}/output`,
  });
  file = join(temporary.path, 'job.json');
  await writeFile(file, JSON.stringify(spec));
});

describe('--map-path', () => {
  it('is there for validate, whose roots are those of this machine', async () => {
    const roots = ['--allow-source-root', temporary.path, '--allow-output-root', folder.output];
    const { stdout, exitCode } = await cli([...maps, ...roots, 'validate', file]);
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain(join(folder.output, 'C1.mov'));
    const none = await cli(['validate', file]);
    expect(none.stdout).toContain('sources[0]');
    expect(none.exitCode).toBe(1);
  });

  it('leads to no file that a path of this machine may not', async () => {
    const spec = folder.spec([atWindows('A001', '..', '..', 'etc', 'passwd')], FIELDS);
    const bad = join(temporary.path, 'bad.json');
    await writeFile(bad, JSON.stringify(spec));
    const { stdout, exitCode } = await cli([...maps, 'validate', bad]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('..');
  });

  it('comes before the roots in submit, the runner, plan, retry and handover; results say what the JobSpec said', async () => {
    expect((await cli([...maps, 'submit', file, folder.root])).exitCode).toBe(0);
    const env = { WFR_MAP_PATH: `${MAC}=${temporary.path};${WINDOWS}=${temporary.path}` };
    const roots = ['--allow-source-root', temporary.path];
    expect((await cli([folder.root, '--once', ...roots], { env })).exitCode).toBe(0);
    const result = await folder.result('job.json');
    const [clip] = result.clips;
    expect(clip).toMatchObject({
      source_path: join(temporary.path, 'A001', 'C1.mov'),
      resolved_output_path: join(folder.output, 'C1.mov'),
    });
    expect(JSON.stringify(clip?.ffmpeg_command)).not.toContain('Volumes');
    expect(result._metadata.mapped).toEqual({
      'sources[0]': atWindows('A001', 'C1.mov'),
      output_directory: `${MAC}/output`,
    });
    // The archived JobSpec stays as it was written, and is found by its hash.
    expect(JSON.parse(await readFile(folder.path('completed', 'job.json'), 'utf8'))).toMatchObject({
      sources: [atWindows('A001', 'C1.mov')],
    });
    await folder.results();
    const media = join(temporary.path, 'A001');
    const own = ['--codec', 'prores_proxy', '--resolution', 'same'];
    const words = ['--output', folder.output, ...own, '--flat'];
    const plan = await cli([...maps, 'plan', media, ...words, '--submit', folder.root]);
    expect(plan.stdout).toContain('1 already made');
    const lists = join(temporary.path, 'lists');
    // Another machine, which calls this one's storage otherwise.
    const elsewhere = ['--map-path', `${temporary.path}=/Volumes/raid`];
    const hand = await cli([...elsewhere, 'handover', folder.root, '--output', lists, '--link']);
    expect(hand.stderr).toContain('/Volumes/raid/output/C1.mov');
    expect(await readFile(join(lists, 'handover.csv'), 'utf8')).toContain(
      '/Volumes/raid/A001/C1.mov',
    );
  });

  it('is there for the LUT of a look, which lies in the roots of this machine', async () => {
    const cube = 'LUT_1D_SIZE 2\n0 0 0\n0.9 0.9 0.9\n';
    await mkdir(join(temporary.path, 'looks'));
    await writeFile(join(temporary.path, 'looks', 'show.cube'), cube);
    const path = atWindows('looks', 'show.cube');
    const sha256 = createHash('sha256').update(cube).digest('hex');
    const look = { lut: { path, sha256 }, lut_range: 'video', becomes: 'bt709' };
    const fields = {
      ...FIELDS,
      jobspec_version: '2.2',
      naming_template: 'look',
      viewing: { look },
    };
    const spec = folder.spec([atWindows('A001', 'C1.mov')], fields);
    const looked = join(temporary.path, 'looked.json');
    await writeFile(looked, JSON.stringify(spec));
    const roots = ['--allow-source-root', temporary.path];
    const run = await cli([...maps, ...roots, 'run', looked]);
    const result = JSON.parse(run.stdout) as JobResult;
    expect(result.failure_reason).toBeNull();
    expect(result._metadata.mapped).toMatchObject({ 'viewing.look.lut.path': path });
    expect(result._metadata.asked?.viewing).toMatchObject({
      look: { lut: { path: join(temporary.path, 'looks', 'show.cube') } },
    });
    const outside = ['--allow-source-root', join(temporary.path, 'A001')];
    const refused = await cli([...maps, ...outside, 'validate', looked]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toContain('viewing.look.lut.path');
    const none = await cli(['validate', looked]);
    expect(none.stdout).toContain('viewing.look.lut.path');
  });

  it('is there for run and retry, which keeps the JobSpec as it was written', async () => {
    const spec = folder.spec([atWindows('A001', 'gone.mov')], FIELDS);
    const gone = join(temporary.path, 'gone.json');
    await writeFile(gone, JSON.stringify(spec));
    const { stdout } = await cli([...maps, 'run', gone]);
    expect(stdout).toContain(join(temporary.path, 'A001', 'gone.mov'));
    await cli([...maps, 'submit', gone, folder.root]);
    await cli([...maps, folder.root, '--once']);
    const again = await cli([...maps, 'retry', folder.root, '--dry-run', '--json']);
    const { jobs } = JSON.parse(again.stdout) as { jobs: { jobspec: { sources: string[] } }[] };
    expect(jobs.map(({ jobspec }) => jobspec.sources)).toEqual([[atWindows('A001', 'gone.mov')]]);
  });

  it.each([
    [['--map-path', '/a'], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', ''], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', '='], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', '/raid=Z:\\raid'], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', '/raid=/mnt/raid', '--map-path', 'x'], 'Expected FROM=TO with two absolute'],
    [['--map-path', 'raid=/mnt/raid'], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', '/raid=mnt'], 'Expected FROM=TO with two absolute paths'],
    [['--map-path', '/raid=/raid/new'], 'names one FROM twice, or a TO inside a FROM'],
    [['--map-path', '/a=/b', '--map-path', '/b=/c'], 'names one FROM twice, or a TO inside a FROM'],
    [['--map-paths', '/a=/b'], "unknown option '--map-paths'"],
  ])('is refused in a sentence: %j', async (args, sentence) => {
    for (const command of [
      ['validate', file],
      ['submit', file, folder.root],
      ['handover', folder.root],
    ]) {
      const run = await cli([...args, ...command]);
      expect(run.exitCode).toBe(2);
      expect(run.stderr).toContain(sentence);
    }
  });
});
