import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import type { JobFields } from '../support/job-spec.ts';
import { makeSource } from '../support/media.ts';
import { inReason } from '../support/reason.ts';
import { isRoot, NOBODY } from '../support/root.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

async function refuse(fields: JobFields) {
  await folder().dropJob('x.json', { sources: [clips['a.mov']], ...fields });
  await runOnce(folder());
  const result = await folder().result('x.json');
  expect(result).toMatchObject({ final_status: 'PARTIAL', clips: [] });
  return result;
}

describe('an output directory', () => {
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['that is missing', 'Output directory does not exist', async () => undefined],
    ['that is a file', 'Output directory is not a directory', (path) => writeFile(path, '')],
    ['that is a dangling link', 'Output directory does not exist', (path) => symlink('/no', path)],
    [
      'that is a link to itself',
      'Output directory can.t be used \\(too many symbolic links encountered\\)',
      (path) => symlink(path, path),
    ],
  ])('is refused and not created: %s', async (_, reason, make) => {
    const directory = folder().beside('out');
    await make(directory);
    expect(await refuse({ output_directory: directory })).toMatchObject({
      failure_type: 'OutputDirectoryError',
      failure_reason: expect.stringMatching(new RegExp(`^${reason}.*: ${directory}`)),
    });
  });

  it.runIf(isRoot).each([
    ['written to', 0o555, 'writable'],
    ['read, which a sync needs', 0o333, 'readable'],
  ])('is refused when it may not be %s', async (_, mode, problem) => {
    const directory = folder().beside('closed');
    await mkdir(directory);
    await chmod(directory, mode);
    const source = await makeSource(folder().beside('.'), 'a.mov', { frames: 1 });
    await chmod(source, 0o644);
    await folder().dropJob('x.json', { sources: [source], output_directory: directory });
    await folder().giveTo(NOBODY);
    const { exitCode } = await cli([folder().root, '--once'], { uid: NOBODY });
    expect(exitCode).toBe(1);
    expect(await folder().result('x.json')).toMatchObject({
      failure_type: 'OutputDirectoryError',
      failure_reason: `Output directory is not ${problem}: ${directory}`,
      clips: [],
    });
  });

  it('is refused when its path and an output name are longer than the system allows', async () => {
    const steps = Array.from({ length: 38 }, () => 'd'.repeat(100));
    const directory = join(folder().beside('deep'), ...steps);
    await mkdir(directory, { recursive: true });
    const naming_template = 'n'.repeat(240);
    expect(await refuse({ output_directory: directory, naming_template })).toMatchObject({
      failure_type: 'OutputDirectoryError',
      failure_reason: inReason(
        `Output directory has too long a path for the output names: ${directory}`,
      ),
    });
  });
});

describe('an output that is there', () => {
  it.each<[string, (path: string) => Promise<unknown>]>([
    ['a file', (path) => writeFile(path, 'precious')],
    ['a directory', (path) => mkdir(path)],
    ['a dangling link', (path) => symlink('/nowhere', path)],
  ])('refuses the job: %s', async (_, make) => {
    const taken = join(folder().output, 'a_proxy.mov');
    await make(taken);
    expect(await refuse({})).toMatchObject({
      failure_type: 'OutputCollisionError',
      failure_reason: `Output file already exists: ${taken}`,
    });
    expect(await folder().names('output')).toEqual(['a_proxy.mov']);
  });

  it('refuses the job when it is the source itself', async () => {
    const source = await makeSource(folder().output, 'a.mov', { frames: 2 });
    const before = await readFile(source);
    expect(await refuse({ sources: [source], naming_template: '{source_name}' })).toMatchObject({
      failure_type: 'OutputCollisionError',
      failure_reason: `Output file already exists: ${source}`,
    });
    expect(await readFile(source)).toEqual(before);
  });

  it('refuses the job with all of them named', async () => {
    const names = ['000.mov', '002.mov'];
    for (const name of names) await writeFile(join(folder().output, name), name);
    const sources = Array.from({ length: 3 }, () => clips['a.mov']);
    const { failure_reason, violations } = await refuse({ sources, naming_template: '{index}' });
    const [first, third] = names.map((name) => join(folder().output, name));
    expect(failure_reason).toBe(`Output file already exists: ${first}, ${third}`);
    expect(violations).toEqual([
      { path: 'sources[0]', message: `Output file already exists: ${first}` },
      { path: 'sources[2]', message: `Output file already exists: ${third}` },
    ]);
    for (const name of names)
      expect(await readFile(join(folder().output, name), 'utf8')).toBe(name);
  });
});
