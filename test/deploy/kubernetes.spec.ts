/** @module-tag night */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Job } from 'kubernetes-models/batch/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();
const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

const manifest = async (name: string) => {
  const text = await read(`deploy/kubernetes/${name}`);
  return parse(text) as ConstructorParameters<typeof Job>[0];
};

describe('the Kubernetes manifests', () => {
  it.each(['job.yaml', 'recover.yaml'])('follow the schema of batch/v1: %s', async (name) => {
    const job = new Job(await manifest(name));
    expect(() => job.validate()).not.toThrow();
    expect(job.spec?.template.spec?.securityContext?.runAsNonRoot).toBe(true);
    const { version } = JSON.parse(await read('package.json')) as { version: string };
    for (const { image, resources } of job.spec?.template.spec?.containers ?? []) {
      expect(image).toBe(`registry.example/watch-folder-runner:${version}`);
      expect(resources).toMatchObject({
        requests: { cpu: expect.anything(), memory: expect.anything() },
        limits: { memory: expect.anything() },
      });
    }
  });

  it('would be refused with a value that the schema does not have', async () => {
    const job = await manifest('job.yaml');
    Object.assign(job?.spec ?? {}, { completionMode: 'indexed' });
    expect(() => new Job(job).validate()).toThrow('completionMode');
  });

  it('get a list of the JobSpecs alone, in code point order', async () => {
    const [, block = ''] =
      /^```sh\n([^`]* > FARM\/list\n)/m.exec(await read('docs/scaling.md')) ?? [];
    await mkdir(join(folder.path, 'pending'));
    for (const name of ['b.json', 'B.json', 'a b.json', 'b.result.json', '.c.json', 'notes.txt'])
      await writeFile(join(folder.path, 'pending', name), '{}');
    await execa('sh', ['-euc', block.replaceAll('FARM', '.')], { cwd: folder.path });
    expect(await readFile(join(folder.path, 'list'), 'utf8')).toBe('B.json\0a b.json\0b.json\0');
  });
});
