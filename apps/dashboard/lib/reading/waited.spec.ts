import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { waitedSeconds } from './waited.ts';

const directory = mkdtempSync(join(tmpdir(), 'waited-'));
const path = join(directory, 'job.json');
writeFileSync(path, '{}');
afterAll(() => rmSync(directory, { recursive: true }));

/** A job whose content was written so long ago, and which was begun so much later than now. */
function waited(writtenAgo: number, begun: number) {
  const now = Math.floor(Date.now() / 1000);
  utimesSync(path, now, now - writtenAgo);
  return waitedSeconds(path, { started_at: new Date((now + begun) * 1000).toISOString() });
}

describe('the wait of a job before it was begun', () => {
  it('is counted from when its file was written', async () => {
    expect(await waited(100, -40)).toBeCloseTo(60, 0);
  });

  it('is counted from when the copy was made, where the copy kept an older time', async () => {
    expect(await waited(90_000, 30)).toBeLessThan(60);
  });

  it('is not told of a file that is younger than the start, long ago, or is not there', async () => {
    expect(await waited(10, -40)).toBeNull();
    expect(await waited(400_000, -300_000)).toBeNull();
    const started_at = new Date().toISOString();
    expect(await waitedSeconds(join(directory, 'none.json'), { started_at })).toBeNull();
    expect(await waitedSeconds(path, { started_at: '' })).toBeNull();
  });

  it('is not told of a job that was found again', async () => {
    const _recovery = { reason: '', recovered_at: '', original_path: '' };
    const started_at = new Date(Date.now() + 60_000).toISOString();
    expect(await waitedSeconds(path, { started_at, _recovery })).toBeNull();
  });
});
