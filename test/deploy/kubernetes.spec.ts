import { readFile } from 'node:fs/promises';
import { Job } from 'kubernetes-models/batch/v1';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const manifest = async (name: string) => {
  const text = await readFile(new URL(`../../deploy/kubernetes/${name}`, import.meta.url), 'utf8');
  return parse(text) as ConstructorParameters<typeof Job>[0];
};

describe('the Kubernetes manifests', () => {
  it.each(['job.yaml', 'recover.yaml'])('follow the schema of batch/v1: %s', async (name) => {
    const job = new Job(await manifest(name));
    expect(() => job.validate()).not.toThrow();
    expect(job.spec?.template.spec?.securityContext?.runAsNonRoot).toBe(true);
  });

  it('would be refused with a value that the schema does not have', async () => {
    const job = await manifest('job.yaml');
    Object.assign(job?.spec ?? {}, { completionMode: 'indexed' });
    expect(() => new Job(job).validate()).toThrow('completionMode');
  });
});
