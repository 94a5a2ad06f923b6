import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { JOB_STATES } from '@app/jobspec/folder';
import { Database } from '../index/database.ts';
import { FolderIndexer } from './folder-indexer.ts';
import { IndexWriter } from './index-writer.ts';
import { STATUS } from '../index/clip-row.ts';
import { SCHEMA } from '../index/schema.ts';

const CARD = '/media/day01/A001';
const at = '2026-11-28T08:00:00.000+00:00';
const line = (name: string, given: object) => ({
  at,
  medium: CARD,
  path: `${CARD}/${name}.mov`,
  bytes: 5,
  mtime_ms: 1,
  seconds: null,
  kind: 'prores_proxy mov',
  ...given,
});
const asked = (job: string) => ({ job: `${job}.json`, job_sha256: 'a'.repeat(64) });
const EQUAL = { cause: 'equal_name', reason: 'C2.mov and C2.mp4 have one name.' };

let folder: string;
let db: Database;
let writer: IndexWriter;
let indexer: FolderIndexer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
  for (const name of [...JOB_STATES, '.runner']) mkdirSync(join(folder, name));
  db = new Database(':memory:');
  db.exec(SCHEMA);
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: Date.parse(at) + 3_600_000 });
  writer = new IndexWriter(db);
  indexer = new FolderIndexer({ name: 'f', path: folder }, writer);
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const record = (...lines: readonly object[]) =>
  writeFileSync(
    join(folder, '.runner/inventory.jsonl'),
    lines.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
const submit = (job: string, name: string) =>
  writeFileSync(
    join(folder, `pending/${job}.json`),
    JSON.stringify({ sources: [`${CARD}/${name}.mov`] }),
  );

/** Unplanned clips in the index, once everything is read. */
async function unplanned() {
  vi.advanceTimersByTime(120_000);
  const view = await indexer.pass();
  const rows = db.rows<{ name: string; reason: string; cause: string }>(
    `SELECT clip.name, clip.failure_reason AS reason, job.cause FROM clip JOIN job ON job.id = clip.id / 16384
     JOIN place ON place.id = job.place WHERE place.state = 'media' ORDER BY clip.name`,
  );
  return { rows, record: view.inventory, names: rows.map(({ name }) => name) };
}

it('clips that were left out are known with their reasons, and the card that was looked through', async () => {
  submit('day', 'C1');
  record(line('C1', asked('day')), line('C2', EQUAL));
  expect(await unplanned()).toMatchObject({
    rows: [
      {
        name: 'C2.mov',
        cause: 'equal_name',
        reason: 'C2.mov and C2.mp4 have one name.',
      },
    ],
    record: { media: [CARD], problem: null },
  });
});

it('a clip whose job nobody knows is one of them, until a job names it', async () => {
  record(line('C1', asked('lost')), line('C3', { ...asked('new'), at: '2999-01-01T00:00:00Z' }));
  expect((await unplanned()).rows).toMatchObject([{ name: 'C1.mov', cause: 'lost' }]);
  submit('lost', 'C1');
  expect((await unplanned()).names).toEqual([]);
});

it('what is planned, gone or of another record is none any more', async () => {
  record(line('C1', EQUAL), line('C2', EQUAL), line('C4', EQUAL));
  expect((await unplanned()).names).toEqual(['C1.mov', 'C2.mov', 'C4.mov']);
  submit('day', 'C1');
  record(
    line('C1', asked('day')),
    line('C2', EQUAL),
    { at, gone: `${CARD}/C2.mov` },
    line('C4', EQUAL),
  );
  expect((await unplanned()).names).toEqual(['C4.mov']);
  rmSync(join(folder, '.runner/inventory.jsonl'));
  expect(await unplanned()).toMatchObject({ names: [], record: { media: [] } });
});

it('of a card whose results were moved away not every clip is known', async () => {
  const sources = [`${CARD}/C1.mov`];
  record(line('C1', asked('day')), { at, archived: 'day.json', sha256: 'a'.repeat(64), sources });
  expect(await unplanned()).toMatchObject({ names: [], record: { media: [] } });
});

it('of a card with clips that were put aside no others than these are missing', async () => {
  record(line('C1', EQUAL), line('C2', EQUAL), { at, dismissed: `${CARD}/C2.mov` });
  expect(await unplanned()).toMatchObject({
    names: ['C1.mov'],
    record: { media: [], mediaWithPutAside: [CARD] },
  });
});

it('a record that is none is told, and what was dropped counts at once', async () => {
  writeFileSync(
    join(folder, 'pending/plan.inventory'),
    `${JSON.stringify(line('C2', EQUAL))}\nnonsense\n`,
  );
  expect((await unplanned()).names).toEqual(['C2.mov']);
  mkdirSync(join(folder, '.runner/inventory.jsonl'));
  const found = await unplanned();
  expect([found.names, found.record.problem]).toEqual([
    ['C2.mov'],
    'The record of media can’t be read: it is not a regular file.',
  ]);
});

it('a proxy that is gone is one clip that is not planned, until it is made again', async () => {
  const made = (job: string, completed_at: string) => {
    const _metadata = { asked: { codec: 'h264', container: 'mp4', resolution: 'half' } };
    const path = { source_path: `${CARD}/C1.mov`, resolved_output_path: '/proxies/C1.mp4' };
    const result = { job_id: job, final_status: 'COMPLETED', completed_at, total_clips: 1 };
    const clips = [{ ...path, status: 'COMPLETED' }];
    write(`completed/${job}.result.json`, { ...result, clips, _metadata });
  };
  const write = (name: string, content: object) =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  const current = async () => {
    await unplanned();
    writer.commit();
    return db.rows('SELECT status, kind FROM clip WHERE stands = id');
  };
  const kind = 'h264 mp4 half';
  made('first', '2026-11-28T07:00:00.000+00:00');
  const gone = { cause: 'made_before', reason: 'Its proxy is gone.', look: 'half' };
  record(line('C1', { ...gone, kind: 'h264 mp4 {source_name} /proxies' }));
  expect(await current()).toEqual([{ status: STATUS.NOT_PLANNED, kind }]);
  made('again', '2026-11-28T09:00:00.000+00:00');
  expect(await current()).toEqual([{ status: STATUS.COMPLETED, kind }]);
});
