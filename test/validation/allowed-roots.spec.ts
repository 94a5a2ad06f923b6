import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import type { JobFields } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useWatchFolder();

async function run(fields: JobFields, roots: { sources?: string; outputs?: string }) {
  await folder().dropJob('x.json', { sources: [clips['a.mov']], ...fields });
  await runOnce(folder(), {
    allowSourceRoots: roots.sources === undefined ? [] : [roots.sources],
    allowOutputRoots: roots.outputs === undefined ? [] : [roots.outputs],
  });
  return folder().result('x.json');
}

describe('allowed roots', () => {
  it('let a job pass whose paths lie under them', async () => {
    const roots = { sources: dirname(clips['a.mov']), outputs: folder().output };
    expect((await run({}, roots)).final_status).toBe('COMPLETED');
  });

  it('refuse a source outside, there or not, and name it', async () => {
    const root = folder().beside('media');
    await mkdir(root);
    const sources = [clips['a.mov'], '/nowhere/b.mov', join(root, 'c.mov')];
    expect(await run({ sources }, { sources: root })).toMatchObject({
      final_status: 'PARTIAL',
      failure_type: 'PathNotAllowedError',
      failure_reason: `Source outside the allowed roots (${root}): ${clips['a.mov']}, /nowhere/b.mov`,
      clips: [],
    });
  });

  it('refuse a hundred sources in one bounded sentence, and list each of them', async () => {
    const root = folder().beside('media');
    await mkdir(root);
    const sources = Array.from({ length: 100 }, (_, index) => `/nowhere/${index}.mov`);
    const result = await run({ sources, naming_template: '{index}' }, { sources: root });
    expect(result.failure_reason?.length).toBeLessThanOrEqual(500);
    expect(result.violations).toEqual(
      sources.map((source, index) => ({
        path: `sources[${index}]`,
        message: `Source outside the allowed roots: ${source}`,
      })),
    );
  });

  it('refuse an output directory outside', async () => {
    const root = folder().beside('elsewhere');
    await mkdir(root);
    expect(await run({}, { outputs: root })).toMatchObject({
      failure_type: 'PathNotAllowedError',
      failure_reason: `Output directory outside the allowed roots (${root}): ${folder().output}`,
      violations: [{ path: 'output_directory' }],
    });
  });

  it('see through a path that goes on below a file', async () => {
    const root = folder().beside('media');
    await mkdir(root);
    const below = `${clips['a.mov']}/b.mov`;
    expect((await run({ sources: [below] }, { sources: root })).failure_type).toBe(
      'PathNotAllowedError',
    );
  });

  it('allow nothing while they are not mounted', async () => {
    const root = folder().beside('not-mounted');
    expect((await run({}, { sources: root })).failure_type).toBe('PathNotAllowedError');
  });

  it('include folders whose name begins with two dots', async () => {
    const output = join(folder().output, '..proxies');
    await mkdir(output);
    const result = await run({ output_directory: output }, { outputs: folder().output });
    expect(result.final_status).toBe('COMPLETED');
  });
});
