import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readListedFile, stampNow } from './read-listed-file.ts';
import { jsonOf } from './raw-file.ts';

const storage = vi.hoisted(() => ({ code: '' }));
type Callback = (error: Error | null, file?: number) => void;

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const open = (path: string, flags: number, then: Callback) =>
    storage.code === ''
      ? fs.open(path, flags, then)
      : then(Object.assign(new Error('no'), { code: storage.code }));
  return { ...fs, open };
});

const directory = mkdtempSync(join(tmpdir(), 'storage-'));
const path = join(directory, 'a.json');
writeFileSync(path, '{}');
afterAll(() => rmSync(directory, { recursive: true }));
beforeEach(() => (storage.code = ''));

async function problemOf(folder: string, name: string): Promise<unknown> {
  const outcome = await readListedFile(folder, name, { limit: 1000, take: () => null });
  return outcome.kind === 'problem' ? outcome.problem : outcome.kind;
}

describe('a file that storage does not give', () => {
  it.each([
    ['EACCES', 'a.json cannot be read: permission denied.'],
    ['EPERM', 'a.json cannot be read: permission denied.'],
    ['EIO', 'a.json cannot be read: EIO.'],
  ])('says why: %s', async (code, problem) => {
    storage.code = code;
    expect(await problemOf(directory, 'a.json')).toBe(problem);
  });

  // What the system makes while it is read is longer than it says.
  it.skipIf(process.platform !== 'linux')('says that it grows', async () => {
    expect(await problemOf('/proc/self', 'status')).toBe('status is still being written.');
  });

  it('is no JSON to hand on once it became shorter', async () => {
    const shown = { path, stamp: (await stampNow(path)) ?? '', bytes: 20, isJson: true };
    const parts = jsonOf(shown);
    expect((await parts.next()).done).toBe(false);
    await expect(parts.next()).rejects.toThrow('The file became shorter while it was read.');
  });
});
