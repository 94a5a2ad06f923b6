import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeDirectory } from './open-index.ts';

const root = mkdtempSync(join(tmpdir(), 'index-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('the directory of the index', () => {
  it('is made with those above it, for this user only', () => {
    const path = join(root, 'a', 'b');
    makeDirectory(path);
    makeDirectory(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('that can not be made is an error, and not a wait without end', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => makeDirectory(join(root, 'file', 'x'))).toThrow('ENOTDIR');
    expect(() => makeDirectory(join(root, 'file'))).toThrow('EEXIST');
  });

  it.runIf(existsSync('/proc/self'))('may be one of a file system that makes none', () => {
    expect(() => makeDirectory('/proc/no-index/x')).toThrow('ENOENT');
  });
});
