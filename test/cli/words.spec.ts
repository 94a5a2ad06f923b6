import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

describe('a word that is neither a command nor a directory', () => {
  it.each([
    [['doctro'], '"doctro" is neither a command nor a directory here. Did you mean doctor?'],
    [['validat', 'a.json'], 'Did you mean validate?'],
    [['sumbit', 'a.json', '/watch'], 'Did you mean submit?'],
    [
      ['queue'],
      'Commands are run, validate, submit, make, status, plan, retry, handover, doctor, dashboard, schema, completion, help.',
    ],
    [['watch'], '"watch" is neither a command nor a directory here.'],
    [['halp\u001B[31m'], String.raw`"halp\u001b[31m" is neither`],
  ])('is answered with the nearest command, and makes no folder: %j', async (args, sentence) => {
    const { exitCode, stderr, stdout } = await cli(args, { cwd: folder.path });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('is a folder where such a directory is', async () => {
    await mkdir(join(folder.path, 'queue'));
    const { exitCode, stdout } = await cli(['queue', '--once'], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(join(folder.path, 'queue'));
  });
});

describe('help', () => {
  it('is a command', async () => {
    const { exitCode, stdout } = await cli(['help'], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await cli(['--help'])).stdout);
  });

  it('tells of one command', async () => {
    const { exitCode, stdout } = await cli(['help', 'submit'], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: watch-folder-runner submit [options] <jobspec> <folder>');
  });
});
