import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunnerWatch } from './runner-watch.ts';

const HOUR_MS = 3_600_000;

describe('the runner of a folder', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'watch-'));
    mkdirSync(join(root, '.runner'));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function scanned(at: number): void {
    const status = { last_scan_at: new Date(at).toISOString(), poll_seconds: 2, host: 'ingest' };
    writeFileSync(join(root, '.runner/status.json'), JSON.stringify(status));
  }

  it('says no number that nobody can have counted', async () => {
    const active = [{ name: 'a.json', frames: 1e308, declared_frames: -1, speed: 1e20, clip: 1.5 }];
    const status = { last_scan_at: new Date().toISOString(), max_workers: 1e308, active };
    writeFileSync(join(root, '.runner/status.json'), JSON.stringify(status));
    expect(await new RunnerWatch(root).view()).toMatchObject({
      max_workers: 1,
      active: [{ frames: null, declared_frames: null, speed: null, clip: null }],
    });
  });

  it('is alive while its status changes, though its clock is two hours ahead', async () => {
    const watch = new RunnerWatch(root);
    scanned(Date.now() + 2 * HOUR_MS);
    await watch.view();
    scanned(Date.now() + 2 * HOUR_MS + 2000);
    expect(await watch.view()).toMatchObject({ state: 'running', reason: null });
  });

  it('stays known when its folder goes away', async () => {
    const watch = new RunnerWatch(root);
    scanned(Date.now() - HOUR_MS);
    expect((await watch.view()).reason).toBe(
      'The runner isn’t responding. Check that it is running.',
    );
    rmSync(root, { recursive: true });
    expect(await watch.view()).toMatchObject({ state: 'silent', host: 'ingest' });
  });

  it('is not known when its status is none, or its directory is a file', async () => {
    writeFileSync(join(root, '.runner/status.json'), '[]');
    expect(await new RunnerWatch(root).view()).toMatchObject({
      state: 'silent',
      reason: '.runner/status.json is not a status of a runner.',
    });
    rmSync(join(root, '.runner'), { recursive: true });
    writeFileSync(join(root, '.runner'), '');
    expect((await new RunnerWatch(root).view()).reason).toBe(
      '.runner/status.json cannot be read: ENOTDIR.',
    );
  });

  it.each([
    [true, 'ended', 'The runner finished its one run (--once). New jobs wait for the next.'],
    [false, 'silent', 'The runner was stopped. Start it again.'],
    [undefined, 'silent', 'The runner was stopped. Start it again.'],
  ])('is not missed once its one pass is done: %j', async (once, state, reason) => {
    const stopped_at = new Date(Date.now() - HOUR_MS).toISOString();
    const status = { last_scan_at: stopped_at, poll_seconds: 2, stopped_at, once };
    writeFileSync(join(root, '.runner/status.json'), JSON.stringify(status));
    expect(await new RunnerWatch(root).view()).toMatchObject({ state, reason });
    writeFileSync(
      join(root, '.runner/status.json'),
      JSON.stringify({ ...status, stopped_at: null }),
    );
    expect(await new RunnerWatch(root).view()).toMatchObject({ state: 'silent' });
  });

  it('was never there in a new folder', async () => {
    expect(await new RunnerWatch(root).view()).toMatchObject({ state: 'never' });
  });
});
