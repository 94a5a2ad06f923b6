import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { makeTaggedMov } from '../support/raw-fakes.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();
let good: string;
let bad: string;

beforeEach(async () => {
  good = folder().beside('good.json');
  bad = folder().beside('bad.json');
  const spec = jobSpec({ sources: [clips['a.mov']], output_directory: folder().output });
  await writeFile(good, JSON.stringify({ ...spec, job_id: 'good' }));
  await writeFile(bad, JSON.stringify({ ...spec, codec: 'x', job_id: 'a b' }, null, 2));
});

describe('validate', () => {
  it('says what would be made, and makes nothing', async () => {
    const before = await readdir(folder().beside('.'), { recursive: true });
    const { exitCode, lines } = await cli(['validate', good]);
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      `${good}: valid, 1 proxy by ffmpeg`,
      `  ${join(folder().output, 'a_proxy.mov')}`,
    ]);
    expect(await readdir(folder().beside('.'), { recursive: true })).toEqual(before);
  });

  it('names every violation of every file, and exits with 1 when one is invalid', async () => {
    const { exitCode, stdout } = await cli(['validate', good, bad]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${good}: valid`);
    expect(stdout).toContain(`${bad}: JobSpecValidationError: correct what is listed here`);
    expect(stdout).toMatch(/^ {2}job_id must have/m);
    expect(stdout).toMatch(/^ {2}codec must be one of/m);
  });

  it('prints one JSON object for each file with --json', async () => {
    const { exitCode, lines } = await cli(['validate', '--json', good, bad, '/nowhere/x.json']);
    expect(exitCode).toBe(2);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        file: good,
        valid: true,
        job_id: 'good',
        execution_engine: 'ffmpeg',
        outputs: [join(folder().output, 'a_proxy.mov')],
        failure_type: null,
        violations: [],
      },
      {
        file: bad,
        valid: false,
        failure_type: 'JobSpecValidationError',
        violations: [{ path: 'job_id' }, { path: 'codec' }],
      },
      { file: '/nowhere/x.json', valid: false, failure_type: null },
    ]);
  });

  it('tells that Resolve is missing for camera RAW', async () => {
    const raw = await makeTaggedMov(folder().beside('.'), 'a.braw', 'brvl');
    const spec = jobSpec({ sources: [raw], output_directory: folder().output });
    await writeFile(good, JSON.stringify(spec));
    const { exitCode, stdout } = await cli(['validate', '--json', good]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      execution_engine: 'resolve',
      failure_type: 'EngineUnavailableError',
      failure_reason: expect.stringContaining('/nowhere/resolve/Modules'),
    });
  });

  it('heeds the allowed roots, before and after the command', async () => {
    const confined = ['--allow-source-root', folder().root];
    for (const argv of [
      ['validate', ...confined, good],
      [...confined, 'validate', good],
    ]) {
      const { exitCode, stdout } = await cli(argv);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('PathNotAllowedError');
    }
  });
});
