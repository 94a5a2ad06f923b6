import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunnerSettings } from '../config/settings.ts';
import { ClaimGate } from './claim-gate.ts';
import type { FullOutputGate } from './full-output-gate.ts';

let base = '';
let required = '';
beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  required = join(base, 'volume');
});
afterEach(() => rm(base, { recursive: true }));

function gateOf(settings: Partial<RunnerSettings> = {}, held: string | null = null): ClaimGate {
  const all = Object.assign(new RunnerSettings(), { folder: base, requirePaths: [], ...settings });
  const outputs = { reason: held } as FullOutputGate;
  return new ClaimGate(all, outputs);
}

describe('claims', () => {
  it('are open where nothing is wrong', async () => {
    const gate = gateOf();
    expect([await gate.isOpen(), gate.paused]).toEqual([true, null]);
  });

  it('pause while a required path is missing, and go on once it is there', async () => {
    const gate = gateOf({ requirePaths: [required] });
    expect(await gate.isOpen()).toBe(false);
    expect(gate.paused).toContain(required);
    await writeFile(required, 'x');
    await expect.poll(() => gate.isOpen()).toBe(true);
    expect(gate.paused).toBeNull();
  });

  it('pause while the result of a job can not be archived', async () => {
    const gate = gateOf();
    gate.resultUnwritten('a.json', 'no space left');
    expect(await gate.isOpen()).toBe(false);
    expect(gate.paused).toBe('the result of "a.json" can\'t be archived: no space left');
    gate.written('a.json');
    expect(await gate.isOpen()).toBe(true);
  });

  it('pause while the scratch directory is missing or can not be written to, and go on', async () => {
    const scratchDirectory = join(base, 'scratch');
    const gate = gateOf({ scratchDirectory });
    expect(await gate.isOpen()).toBe(false);
    expect(gate.paused).toBe(`the scratch directory ${scratchDirectory} is missing`);
    await writeFile(scratchDirectory, '');
    expect(await gate.isOpen()).toBe(false);
    expect(gate.paused).toBe(`the scratch directory ${scratchDirectory} is not a folder`);
    await rm(scratchDirectory);
    await mkdir(scratchDirectory);
    expect(await gate.isOpen()).toBe(true);
  });

  it('are open where single jobs are held', async () => {
    const gate = gateOf({}, 'no space left on the filesystem of /out');
    expect([await gate.isOpen(), gate.paused]).toEqual([true, null]);
  });
});
