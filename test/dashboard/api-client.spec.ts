import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, inject, it } from 'vitest';
import { NIGHT } from '../support/night.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));
const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--module', 'nodenext'];

/** A program of somebody who has read nothing but the description. */
const PROGRAM = `
import { client } from './client/client.gen.js';
import { getHealth, getJob, getSummary, listClips, listJobs } from './client/index.js';
import type { Clip, Job } from './client/index.js';

client.setConfig({ baseUrl: process.argv[2] ?? '', throwOnError: true });

const failed = await listJobs({ query: { state: 'failed', failure_type: 'RunnerInterrupted' }, throwOnError: true });
const [first] = failed.data.jobs satisfies Job[];
if (first === undefined) throw new Error('No job was interrupted.');
const path = { folder: first.folder, state: first.state, name: first.name };
const { data: whole } = await getJob({ path, throwOnError: true });
const { data: summary } = await getSummary({ throwOnError: true });
const { data: page } = await listClips({ query: { q: 'D004', pageSize: 1 }, throwOnError: true });
const { data: health } = await getHealth({ throwOnError: true });
const refused = await listJobs({ query: { day: '2026-02-30' }, throwOnError: false });

// @ts-expect-error There is no such state.
const unknownState = () => listJobs({ query: { state: 'lost' } });
// @ts-expect-error Jobs have no such field.
const unknownField = (job: Job) => job.colour;
// @ts-expect-error It may be null.
const nullable: (clip: Clip) => string = (clip) => clip.timecode;

console.log(JSON.stringify({
  job: whole.job.job_id,
  reason: whole.job.failure_reason,
  failed: summary.folders.map((folder) => [folder.name, folder.failed]),
  clips: [page.clips.length, page.total],
  health: health.status,
  refused: refused.error?.error,
  unused: [unknownState, unknownField, nullable].length,
}));
`;

const temporary = useTemporaryFolder();

it(
  'a client that is generated from the description passes strict types, and reads the API',
  NIGHT,
  async () => {
    const [cwd, url] = [temporary.path, inject('sample')];
    const options = { cwd, preferLocal: true, localDir: join(MODULES, '..') };
    const output = { path: 'client', module: { extension: '.js' } };
    const config = { input: `${url}/api/openapi.json`, output, logs: { level: 'silent' } };
    await writeFile(join(cwd, 'openapi-ts.config.json'), JSON.stringify(config));
    await writeFile(join(cwd, 'package.json'), '{"type":"module"}');
    await writeFile(join(cwd, 'program.ts'), PROGRAM);
    await symlink(MODULES, join(cwd, 'node_modules'));
    await execa('openapi-ts', ['--file', 'openapi-ts.config.json', '--no-log-file'], options);
    await execa('tsc', [...STRICT, '--types', 'node', 'program.ts'], options);
    const { stdout } = await execa('node', ['program.js', url], options);
    expect(JSON.parse(stdout)).toMatchObject({
      job: 'night-run',
      reason: expect.any(String) as string,
      failed: [['dailies', 4]],
      clips: [1, 2],
      health: 'ok',
      refused: 'day is "2026-02-30". Expected a day as YYYY-MM-DD.',
    });
  },
);
