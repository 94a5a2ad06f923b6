import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../docs/blocks.ts';

const read = (name: string) => readFile(`${ROOT}${name}`, 'utf8');
const release = (...args: string[]) =>
  execa('node', [`${ROOT}scripts/release.mjs`, ...args], { reject: false });

interface Manifest {
  version: string;
  repository: { url: string };
}
const { version, repository } = JSON.parse(await read('package.json')) as Manifest;
const [, address = ''] = /github\.com\/(.*)\.git$/.exec(repository.url) ?? [];

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { uses?: string; 'timeout-minutes'?: number; needs?: string[] }>;
}

describe('a release', () => {
  it('publishes nothing before everything is tested and checked', async () => {
    const { jobs, permissions } = parse(await read('.github/workflows/release.yml')) as Workflow;
    expect(permissions).toEqual({ contents: 'read' });
    for (const name of ['npm', 'images']) expect(jobs[name]?.needs).toEqual(['test', 'check']);
    expect(jobs['release']?.needs).toEqual(['npm', 'images']);
    for (const job of Object.values(jobs)) expect(job.uses ?? job['timeout-minutes']).toBeDefined();
  });

  it('stops when tag, version, address or change log differ', async () => {
    const ends = (...args: string[]) => release('check', ...args).then(({ stderr }) => stderr);
    expect(await ends('v9.9.9', address)).toContain(`package.json has version ${version}`);
    expect(await ends(`v${version}`, 'else/where')).toContain('Correct the address');
    expect(await ends(`v${version}`, address)).toContain('CHANGELOG.md has no section');
  });

  it('takes its notes from the change log', async () => {
    const { stdout } = await release('notes', 'Unreleased');
    expect(stdout).toMatch(/^### Added\n/);
  });

  it('fills version and checksum into the formula', async () => {
    const { stdout } = await release('formula', `${ROOT}package.json`);
    expect(stdout).toContain(`watch-folder-runner-${version}.tgz"`);
    expect(stdout).toMatch(/sha256 "[0-9a-f]{64}"/);
  });
});

describe('what catalogues get', () => {
  const FILES = [
    'deploy/homebrew/watch-folder-runner.rb',
    'deploy/truenas/app.yaml',
    'deploy/truenas/item.yaml',
    'deploy/truenas/ix_values.yaml',
    'deploy/truenas/README.md',
    'deploy/unraid/watch-folder-runner.xml',
    'schemas/schemastore.json',
  ];

  it.each(FILES)('names one address and one version: %s', async (file) => {
    const text = await read(file);
    const addresses = text.match(
      /(?<=(?:github|githubusercontent)\.com\/|ghcr\.io\/)[\w-]+\/[\w-]+/g,
    );
    expect(new Set(addresses)).toEqual(new Set([address]));
    for (const [, tag] of text.matchAll(/(?:watch-folder-runner:|tag: |app_version: )([\d.]+)$/gm))
      expect(tag).toBe(version);
  });

  it('asks on Unraid for what the image knows', async () => {
    const xml = await read('deploy/unraid/watch-folder-runner.xml');
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
    const { Container } = parser.parse(xml) as { Container: { Config: Record<string, string>[] } };
    const settings = await read('deploy/runner.env');
    const known = ({ Type, Target, Default }: Record<string, string>) =>
      Type === 'Variable'
        ? settings.includes(`${Target}=`)
        : ['/watch', Default].includes(Target ?? '');
    expect(Container.Config.filter((one) => !known(one))).toEqual([]);
    expect(Container.Config.filter((one) => String(one['#text']) !== one['Default'])).toEqual([]);
  });

  it('uses every answer on TrueNAS', async () => {
    interface Question {
      variable: string;
      schema: { attrs?: Question[] };
    }
    const namesOf = ({ variable, schema }: Question): string[] =>
      (schema.attrs ?? []).map((attr) => `${variable}.${attr.variable}`);
    const { questions } = parse(await read('deploy/truenas/questions.yaml')) as {
      questions: Question[];
    };
    const template = await read('deploy/truenas/templates/docker-compose.yaml');
    const asked = questions.flatMap(namesOf).filter((name) => !name.startsWith('resources.'));
    for (const name of asked) expect(template).toContain(`values.${name}`);
    const used = template.match(/(?<=values\.)(?!consts)\w+\.\w+/g) ?? [];
    expect(new Set(used)).toEqual(new Set(asked));
  });

  it('lets editors find the schema of a JobSpec', async () => {
    // Their catalogue takes these fields, and of them only a list of files and versions are optional.
    expect(JSON.parse(await read('schemas/schemastore.json'))).toEqual({
      name: expect.any(String),
      description: expect.any(String),
      fileMatch: ['*.jobspec.json'],
      url: `https://raw.githubusercontent.com/${address}/main/schemas/jobspec.schema.json`,
    });
  });
});
