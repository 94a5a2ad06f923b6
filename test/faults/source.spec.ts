import { appendFile, copyFile, rename, rm, truncate } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, execaSync } from 'execa';
import { expect, test } from 'vitest';
import { makeSource } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/runner-process.ts';
import { useStandInJobs } from '../support/stand-in-jobs.ts';
import { withVariables } from '../support/with-variables.ts';

const jobs = useStandInJobs();
const temporary = useTemporaryFolder();

test.each([
  ['deleted', (path: string) => rm(path), 'disappeared'],
  ['truncated', (path: string) => truncate(path, 1000), 'was replaced or written to'],
  ['written to', (path: string) => appendFile(path, 'more'), 'was replaced or written to'],
  [
    'replaced',
    (path: string) => copyFile(path, `${path}.new`).then(() => rename(`${path}.new`, path)),
    'was replaced or written to',
  ],
])(
  'a source that is %s during its clip fails it, and nothing is published',
  async (_, change, what) => {
    const folder = await jobs.folder();
    const source = join(folder.root, 'clip.mov');
    await copyFile(jobs.media.source, source);
    await folder.submit('a.json', [source]);
    const runner = jobs.start(folder, { env: { STAND_IN_SECONDS: '0.7' } });
    await until(async () => (await folder.status().catch(() => null))?.active[0]?.clip === 1);
    await change(source);
    expect(await runner.exit()).toBe(1);
    const result = await folder.result();
    expect(result.failure_type).toBe('SourceChangedError');
    expect(result.failure_reason).toContain(`Source ${what} after it was checked: ${source}`);
    expect(result.completed_clips).toBe(0);
  },
);

const canCompile = execaSync('gcc', ['--version'], { reject: false }).exitCode === 0;

test.runIf(canCompile)(
  'a source on storage that starts to answer with I/O errors fails its clip',
  async () => {
    const shim = join(temporary.path, 'faulty-storage.so');
    const code = fileURLToPath(new URL('../support/faulty-storage.c', import.meta.url));
    await execa('gcc', ['-shared', '-fPIC', '-o', shim, code, '-ldl']);
    const source = await makeSource(temporary.path, 'long.mov', {
      codec: 'mjpeg',
      width: 640,
      height: 360,
      frames: 50,
    });
    const folder = await jobs.folder();
    await folder.submit('a.json', [source]);
    const programs = jobs.base();
    const { stdout: ffmpeg } = await execa('which', ['ffmpeg']);
    const faulty = { LD_PRELOAD: shim, FAULTY_PATH: source, FAULTY_AFTER: '200000' };
    withVariables(programs, 'ffmpeg', ffmpeg, faulty);
    const env = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
    const runner = jobs.start(folder, { proxy: undefined, env });
    expect(await runner.exit()).toBe(1);
    const result = await folder.result();
    expect(result.failure_type).toBe('EngineError');
    expect(result.clips[0]?.stderr).toMatch(/Input\/output error|corrupt/);
    expect(result.completed_clips).toBe(0);
  },
);
