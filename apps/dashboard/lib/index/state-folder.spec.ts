import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalogue } from './catalogue.ts';
import { StateFolder } from './state-folder.ts';

let path = '';
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'state-folder-'));
});
afterEach(() => rmSync(path, { recursive: true }));

/** Things that are called like a result and are none. */
const NO_RESULTS: Record<string, (at: string) => void> = {
  'a symbolic link': (at) => symlinkSync('/etc/hostname', at),
  'a dangling symbolic link': (at) => symlinkSync('/nowhere', at),
  'a FIFO': (at) => void execFileSync('mkfifo', [at]),
  'a directory': (at) => mkdirSync(at),
  'an unreadable file': (at) => {
    writeFileSync(at, '{}');
    chmodSync(at, 0);
  },
  'half a result': (at) => writeFileSync(at, '{"job_id":'),
};

describe('what can not be read', () => {
  it.each(Object.keys(NO_RESULTS))(
    'is looked at once, and not again and again: %s',
    async (what) => {
      NO_RESULTS[what]?.(join(path, 'job.result.json'));
      const catalogue = new Catalogue();
      const folder = new StateFolder({ folder: 'f', state: 'failed', path }, catalogue);
      await folder.list();
      await folder.read(Infinity);
      const { version } = catalogue;
      await folder.sweep();
      await folder.read(Infinity);
      expect(folder.count).toBe(1);
      expect(catalogue.version).toBe(version);
    },
  );
});
