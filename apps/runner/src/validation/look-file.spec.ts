import { mkdtemp, readFile, realpath, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CubeFault } from '../../../../libs/engines/src/look/cube-reader.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCube } from '@app/storage';

const MIB = 1024 * 1024;

let base = '';
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'wfr-')));
});
afterEach(() => rm(base, { recursive: true }));

/** A file that begins with a text, and is filled up with zeros that take no space. */
async function sparse(text: string, bytes: number) {
  const real = join(base, 'show.cube');
  await writeFile(real, text);
  await truncate(real, bytes);
  return { named: real, real };
}

/** Bytes that this process has read so far. */
async function bytesRead(): Promise<number> {
  return Number(/^rchar: (\d+)$/m.exec(await readFile('/proc/self/io', 'utf8'))?.[1]);
}

describe('a LUT is not read', () => {
  it.each([
    ['at all when it is too large', '', 1024 * 1024 * MIB, 'it is larger than 128 MiB'],
    ['beyond its first fault', 'WHAT 1\n', 100 * MIB, 'line 1: '],
  ])('%s', async (_, text, bytes, fault) => {
    const path = await sparse(text, bytes);
    const before = await bytesRead();
    const read = await readCube(path);
    expect((await bytesRead()) - before).toBeLessThan(10 * MIB);
    expect(read).toBeInstanceOf(CubeFault);
    expect((read as CubeFault).message).toContain(fault);
  });

  it('once its job is stopped', async () => {
    const path = await sparse('LUT_3D_SIZE 2\n', 100 * MIB);
    const reason = new Error('stopped');
    const before = await bytesRead();
    await expect(readCube(path, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect((await bytesRead()) - before).toBeLessThan(10 * MIB);
  });
});

it('a large LUT is read in parts, between which the event loop goes on', async () => {
  const size = 33;
  const real = join(base, 'show.cube');
  const row = `${'0.123456789 '.repeat(3).trim()}\n`;
  await writeFile(real, `LUT_3D_SIZE ${size}\n${row.repeat(size ** 3)}`);
  let turns = 0;
  const count = () => {
    turns += 1;
    turning = setImmediate(count);
  };
  let turning = setImmediate(count);
  await readCube({ named: real, real });
  clearImmediate(turning);
  expect(turns).toBeGreaterThanOrEqual((size ** 3 * row.length) / (256 * 1024));
});
