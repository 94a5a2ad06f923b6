import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

/** Runs tests of `warnings.fixture.ts`, which pass. */
async function run(...named: string[]) {
  const args = ['run', '--project', 'warnings', '--no-color', ...named];
  const env = { NODE_OPTIONS: '', PROCESS_WARNINGS: undefined };
  const { exitCode, all } = await execa('node_modules/.bin/vitest', args, {
    env,
    all: true,
    reject: false,
  });
  return { exitCode, all };
}

describe.concurrent('a run in which all tests pass', () => {
  it('fails on warnings, uncaught errors and what is left open, in workers and in programs', async () => {
    const { exitCode, all } = await run('-t', 'a worker|does all');
    expect(exitCode).toBe(1);
    expect(all).toContain('4 passed');
    expect(all).toContain('Warning: warned in a worker');
    expect(all).toContain('Warning: warned by a program');
    expect(all).toContain('unhandledRejection: Error: rejected in a program');
    expect(all.match(/\/dev\/null is left open, from open/g)).toHaveLength(2);
    expect(all).not.toMatch(/(\/dev\/zero|\.) is left open/);
  });

  it('fails on what comes after them', async () => {
    const { exitCode, all } = await run('-t', 'outlives');
    expect(exitCode).toBe(1);
    expect(all).toMatch(/1 passed \(1\)[^]*warned after the tests/);
  });
});
