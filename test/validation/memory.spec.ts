/** @module-tag night */
import { writeFile, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { jobSpec } from '../support/job-spec.ts';
import { METER, peakMegabytes } from '../support/peak-memory.ts';

const MAIN = new URL('../../dist/apps/runner/src/main.js', import.meta.url).pathname;
const SIZE = 8 * 2 ** 20;
const LIMIT_MB = 250;
const fields = JSON.stringify(
  jobSpec({ sources: ['/media/a.mov'], output_directory: '/proxies' }),
).slice(1, -1);
const template = (value: string) => fields.replace('{source_name}_proxy', value);

/** So many pieces that the file is just under 8 MiB. */
function many(piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let size = 1000, index = 0; size < SIZE; index += 1) {
    pieces.push(piece(index));
    size += Buffer.byteLength(pieces.at(-1) ?? '');
  }
  return pieces.slice(0, -1).join('');
}

const short = (index: number) => index.toString(36);
const HOSTILE: Record<string, () => string> = {
  'tokens that are no text': () =>
    `{${fields},"resolved_tokens":{${many((i) => `"${short(i)}":1,`)}"-":1}}`,
  'a million good tokens': () =>
    `{${fields},"resolved_tokens":{${many((i) => `"${short(i)}":"",`)}"-":""}}`,
  'a million unknown fields': () => `{${fields},${many((i) => `"${short(i)}":1,`)}"-":1}`,
  'one key again and again': () => `{${many(() => '"a":1,')}"a":1}`,
  'empty objects for sources': () => `{"sources":[${many(() => '{},')}{}]}`,
  'objects of different shapes': () => `{"x":[${many((i) => `{"${short(i)}":0},`)}{}]}`,
  'short sources': () => `{"sources":[${many(() => '"/a",')}"/a"]}`,
  'deep nests': () => `{"x":[${many(() => `${'['.repeat(29)}${']'.repeat(29)},`)}0]}`,
  'white space': () => `{${many(() => ' ')}${fields}}`,
  'white space before a mistake': () => `{${many(() => ' ')}x`,
  escapes: () => `{"job_id":"${many(() => String.raw`\n`)}"}`,
  'a source with an endless name, forty times in the template': () =>
    `{${template('{source_name}'.repeat(39)).replace('a.mov', 'x'.repeat(SIZE - 2000))}}`,
  'ten thousand deep sources that are not there': () =>
    `{${template('{index}').replace('"/media/a.mov"', Array.from({ length: 10_000 }, (_, i) => `"/${'a/'.repeat(400)}${i}"`).join())}}`,
  'a source with millions of parts': () =>
    `{${fields.replace('a.mov', '/a'.repeat(SIZE / 2 - 1000))}}`,
  'a template of tokens': () => `{${template(many(() => '{x}'))}}`,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.each(Object.keys(HOSTILE))(
  `8 MiB of JobSpec cost at most ${LIMIT_MB} MB of memory: %s`,
  async (name) => {
    const file = join(folder, 'job.json');
    await writeFile(file, HOSTILE[name]?.() ?? '');
    const argv = ['--import', METER, MAIN, 'validate', file];
    const { exitCode, stdout, stderr } = await execa('node', argv, { reject: false });
    expect(exitCode).toBe(1);
    expect(stdout).toContain(file);
    expect(peakMegabytes(stderr)).toBeLessThan(LIMIT_MB);
  },
);
