import { appendFileSync } from 'node:fs';
import { mkdtemp, open, opendir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

// Run by `warnings.spec.ts`: each test does what fails a run, and passes.

const PROGRAM = `
  import { open, opendir } from 'node:fs/promises';
  process.emitWarning('warned by a program');
  await open('/dev/null');
  for await (const entry of await opendir('.')) if (entry) break;
  globalThis.held = await open('/dev/zero');
  void Promise.reject(new Error('rejected in a program'));
`;

it('a worker leaves a file open', async () => {
  const file = await open('/dev/null');
  expect(file.fd).toBeGreaterThan(0);
});

it('a worker closes what it opens', async () => {
  const file = await open('/dev/zero');
  await file.close();
  for await (const entry of await opendir('.')) expect(entry.name).not.toBe('');
});

it('a worker is warned', () => {
  expect(() => process.emitWarning('warned in a worker')).not.toThrow();
});

it('a program does all of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'warnings-'));
  const program = join(folder, 'program.mjs');
  await writeFile(program, PROGRAM);
  const { exitCode } = await execa(process.execPath, [program], { reject: false });
  expect(exitCode).toBe(1);
  await rm(folder, { recursive: true });
});

it('a program outlives the tests', () => {
  const { PROCESS_WARNINGS: place = '' } = process.env;
  expect(place).not.toBe('');
  appendFileSync(join(dirname(place), 'run.1'), 'warned after the tests\n');
});
