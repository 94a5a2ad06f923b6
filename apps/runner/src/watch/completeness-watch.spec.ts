import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunnerSettings } from '../config/settings.ts';
import { CompletenessWatch } from './completeness-watch.ts';

const SETTLE_SECONDS = 10;

let base = '';
let path = '';
let watch: CompletenessWatch;

/** The clock stands still unless a test moves it. */
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  base = await mkdtemp(join(tmpdir(), 'wfr-'));
  path = join(base, 'a.json');
  const settings = Object.assign(new RunnerSettings(), { settleSeconds: SETTLE_SECONDS });
  watch = new CompletenessWatch(settings);
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(base, { recursive: true });
});

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

describe('a file', () => {
  it('is complete at once when it is one JSON object', async () => {
    await writeFile(path, '{"job_id":"a"}');
    expect((await watch.readWhenComplete(path))?.reading.jobId).toBe('a');
  });

  it('that is no object is complete once it has not changed for the settle time', async () => {
    await writeFile(path, '{"job_id":');
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(SETTLE_SECONDS - 0.1);
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(0.2);
    expect((await watch.readWhenComplete(path))?.reading.isComplete).toBe(false);
  });

  it('begins its settle time anew with each change, also one of its time alone', async () => {
    await writeFile(path, '{');
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(9);
    await appendFile(path, '"');
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(9);
    await utimes(path, 1, 1);
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(9);
    expect(await watch.readWhenComplete(path)).toBeNull();
    pass(2);
    expect(await watch.readWhenComplete(path)).not.toBeNull();
  });

  it('begins it anew too where a look saw the change before it was read', async () => {
    await writeFile(path, '{');
    await watch.readWhenComplete(path);
    pass(9);
    await appendFile(path, '"');
    expect(await watch.isKnownIncomplete(path)).toBe(false);
    pass(9);
    expect(await watch.readWhenComplete(path)).toBeNull();
  });

  it('is not read again while it is the same, until it has settled', async () => {
    await writeFile(path, '{');
    expect(await watch.isKnownIncomplete(path)).toBe(false);
    await watch.readWhenComplete(path);
    expect(await watch.isKnownIncomplete(path)).toBe(true);
    pass(SETTLE_SECONDS);
    expect(await watch.isKnownIncomplete(path)).toBe(false);
  });

  it('is read again when it has changed', async () => {
    await writeFile(path, '{');
    await watch.readWhenComplete(path);
    await appendFile(path, '}');
    expect(await watch.isKnownIncomplete(path)).toBe(false);
  });

  it('is forgotten once it is gone', async () => {
    await writeFile(path, '{');
    await watch.readWhenComplete(path);
    watch.forget(() => true);
    expect(await watch.isKnownIncomplete(path)).toBe(false);
  });

  it('that is not there is not waited for', async () => {
    await writeFile(path, '{');
    await watch.readWhenComplete(path);
    await rm(path);
    expect(await watch.isKnownIncomplete(path)).toBe(false);
    await expect(watch.readWhenComplete(path)).rejects.toThrow('ENOENT');
  });
});
