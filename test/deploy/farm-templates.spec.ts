import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '@app/jobspec';
import { JOB_STATES } from '@app/jobspec/folder';
import { jobSpec } from '../support/job-spec.ts';
import { makeSource } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { fill, readTemplate } from './openjd.ts';

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const TASK = pathOf('deploy/slurm/task.sh');
const MAIN = pathOf('dist/apps/runner/src/main.js');
const template = await readFile(pathOf('deploy/openjd/proxies.yaml'), 'utf8');

const folder = useTemporaryFolder();
let environment: Record<string, string> = {};

beforeAll(async () => {
  const command = join(folder.path, 'watch-folder-runner');
  await writeFile(command, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`);
  await chmod(command, 0o755);
  environment = { PATH: `${folder.path}${delimiter}${process.env['PATH']}` };
  await makeSource(folder.path, 'a.mov', { frames: 2 });
});

/** A farm folder with a JobSpec of a workstation that has the storage as `Z:\`. */
async function farmOfWindows(name: string): Promise<string> {
  const farm = join(folder.path, name);
  for (const part of [...JOB_STATES, 'out']) await mkdir(join(farm, part), { recursive: true });
  const job = jobSpec({ sources: ['Z:\\a.mov'], output_directory: `Z:\\${name}\\out` });
  await writeFile(join(farm, 'pending/x.json'), JSON.stringify(job));
  await writeFile(join(farm, 'list'), 'x.json\0');
  return farm;
}

async function expectMade(farm: string) {
  expect(await readdir(join(farm, 'completed'))).toEqual(['x.json', 'x.result.json']);
  const text = await readFile(join(farm, 'completed/x.result.json'), 'utf8');
  const { clips } = JSON.parse(text) as JobResult;
  expect(clips.map((clip) => clip.resolved_output_path)).toEqual([join(farm, 'out/a_proxy.mov')]);
}

describe('the OpenJD template', () => {
  it('is as the specification wants it', () => {
    expect(() => readTemplate(template)).not.toThrow();
  });

  it('makes proxies by the rules of its queue, and tells how far it is', async () => {
    const farm = await farmOfWindows('openjd farm');
    const [step] = readTemplate(template).steps;
    const file = join(folder.path, 'run');
    await writeFile(file, step?.script.embeddedFiles[0]?.data ?? '');
    const rules = join(folder.path, 'rules.json');
    const rule = { source_path_format: 'WINDOWS', source_path: 'Z:\\' };
    const path_mapping_rules = [{ ...rule, destination_path: folder.path }];
    await writeFile(rules, JSON.stringify({ version: 'pathmapping-1.0', path_mapping_rules }));
    const values = new Map([
      ['Param.Farm', farm],
      ['Param.Task', TASK],
      ['Task.Param.Index', '0'],
      ['Task.File.Run', file],
      ['Session.PathMappingRulesFile', rules],
    ]);
    const { command = '', args = [] } = step?.script.actions.onRun ?? {};
    const words = args.map((word) => fill(word, values));
    const { all } = await execa(command, words, { env: environment, all: true });
    expect(all).toMatch(/^openjd_progress: 0$/m);
    expect(all).toMatch(/^openjd_progress: 100$/m);
    expect(all).not.toMatch(/^Progress/m);
    await expectMade(farm);
  });
});

it('the list of the documents has the JobSpecs alone, in code point order', async () => {
  const document = await readFile(pathOf('docs/performance.md'), 'utf8');
  const [, block = ''] = /^```sh\n([^`]* > FARM\/list\n)/m.exec(document) ?? [];
  const farm = join(folder.path, 'listed');
  await mkdir(join(farm, 'pending'), { recursive: true });
  for (const name of ['b.json', 'B.json', 'a b.json', 'b.result.json', '.c.json', 'notes.txt'])
    await writeFile(join(farm, 'pending', name), '{}');
  await execa('sh', ['-euc', block.replaceAll('FARM', '.')], { cwd: farm });
  expect(await readFile(join(farm, 'list'), 'utf8')).toBe('B.json\0a b.json\0b.json\0');
});
