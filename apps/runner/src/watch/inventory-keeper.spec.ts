import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { INVENTORY_LIMITS, type InventoryClip } from '@app/jobspec/inventory';
import { readInventory } from '../../../../libs/storage/src/watch-folder/inventory-file.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { jobSpec } from '../../../../libs/jobspec/src/testing/specimens.ts';
import * as logger from '../logging/runner-logger.ts';
import { InventoryKeeper } from './inventory-keeper.ts';

let folder: WatchFolder;
let keeper: InventoryKeeper;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
  keeper = new InventoryKeeper(folder);
});
afterEach(async () => rm(folder.root, { recursive: true }));

const AT = '2026-12-01T08:00:00.000+00:00';
const clip = (name: string, given: Partial<InventoryClip> = {}): InventoryClip => ({
  at: AT,
  medium: '/cards/A001',
  path: `/cards/A001/${name}`,
  bytes: 5,
  mtime_ms: 1_700_000_000_000,
  seconds: 2,
  kind: 'prores_proxy mov',
  look: 'half',
  job: `${name}.json`,
  job_sha256: 'a'.repeat(64),
  cause: null,
  reason: null,
  ...given,
});
const LEFT = { job: null, job_sha256: null, cause: 'equal_name', reason: 'two' } as const;
const lines = (...all: readonly unknown[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
const drop = (name: string, text: string) => writeFile(join(folder.pending, name), text);
const record = () => readFile(folder.inventory, 'utf8');
const paths = async () => [...(await readInventory(folder)).clips].map(({ path }) => path);

describe('a dropped inventory', () => {
  it('is on record, and lies in pending/ no more', async () => {
    const dropped = lines(clip('a.mov'), clip('b.mov', LEFT));
    await drop('x.inventory', dropped);
    expect(await paths()).toEqual(['/cards/A001/a.mov', '/cards/A001/b.mov']);
    await keeper.takeOver(['x.inventory']);
    expect(await record()).toBe(dropped);
    expect(await readdir(folder.pending)).toEqual([]);
    expect(await paths()).toEqual(['/cards/A001/a.mov', '/cards/A001/b.mov']);
  });

  it('has no line that only the runner writes, and none that is no line of one', async () => {
    const forged = { at: AT, archived: 'a.mov.json', sha256: 'a'.repeat(64), sources: ['/a'] };
    const bad = [
      forged,
      clip('a.mov', { job: '../../etc/x.json' }),
      clip('b.mov', { bytes: -1 }),
      clip('c.mov', { path: 'x'.repeat(5000) }),
      { ...clip('d.mov'), at: 'yesterday' },
      clip('e.mov', { job: null, job_sha256: null }),
      [1],
      'text',
      null,
    ];
    const told = vi.spyOn(logger, 'report');
    await drop('x.inventory', `${lines(...bad)}{"cut\n\u0000\n${lines(clip('z.mov')).trimEnd()}`);
    await keeper.takeOver(['x.inventory']);
    expect(await record()).toBe(lines(clip('z.mov')));
    expect(told).toHaveBeenCalledWith('inventory_taken', {
      file: 'x.inventory',
      refused_lines: 11,
    });
    told.mockRestore();
  });

  it('that is a link, too long or too large stays where it is, and is told once', async () => {
    const told = vi.spyOn(logger, 'report').mockImplementation(() => undefined);
    await symlink('/etc/passwd', join(folder.pending, 'a.inventory'));
    await drop('b.inventory', '1\n'.repeat(INVENTORY_LIMITS.lines + 1));
    await drop('c.inventory', ' '.repeat(INVENTORY_LIMITS.fileBytes + 1));
    const names = ['a.inventory', 'b.inventory', 'c.inventory'];
    for (let scan = 0; scan < 2; scan++) await keeper.takeOver(names);
    expect(told.mock.calls.map(([event, facts]) => [event, facts])).toEqual([
      ['file_ignored', { file: 'a.inventory', reason: 'it is a symbolic link' }],
      ['file_ignored', { file: 'b.inventory', reason: 'it has more than 400000 lines' }],
      ['file_ignored', { file: 'c.inventory', reason: 'it is larger than 67108864 bytes' }],
    ]);
    expect(await readdir(folder.pending)).toEqual(names);
    expect(await paths()).toEqual([]);
    told.mockRestore();
  });

  it('has of two dismissals the younger, in whichever order they come', async () => {
    const dismissed = { dismissed: '/cards/A001/a.mov' };
    const [early, late] = ['2026-12-01T08:00:00.000+00:00', '2026-12-01T09:00:00.000+00:00'];
    await drop('a.inventory', lines({ at: late, ...dismissed }));
    await drop('b.inventory', lines({ at: early, ...dismissed }));
    expect((await readInventory(folder)).isDismissed('/cards/A001/a.mov', late)).toBe(true);
  });

  it('has no time later than it was dropped at, whatever it says', async () => {
    const at = '2999-01-01T00:00:00.000+00:00';
    await drop('x.inventory', lines(clip('a.mov', { at, ...LEFT }), { at, dismissed: 'a.json' }));
    await utimes(join(folder.pending, 'x.inventory'), 1_700_000_000, 1_700_000_000);
    const inventory = await readInventory(folder);
    expect([...inventory.leftOut()].map((one) => Date.parse(one.at))).toEqual([1_700_000_000_000]);
    expect(inventory.isDismissed('a.json', '2023-11-15T00:00:00.000+00:00')).toBe(false);
  });

  it('dismisses nothing that is refused later', async () => {
    await drop('x.inventory', lines({ at: '2999-01-01T00:00:00.000+00:00', dismissed: 'a.json' }));
    await keeper.takeOver(['x.inventory']);
    const inventory = await readInventory(folder);
    const seen = [0, 3_600_000].map((later) =>
      inventory.isDismissed('a.json', new Date(Date.now() - 1000 + later).toISOString()),
    );
    expect(seen).toEqual([true, false]);
  });

  it('says who has dismissed a clip, as the system knows it and not as a line claims', async () => {
    const [by, uid] = ['editor@suite-2', process.getuid?.()];
    const said = { by, uid: 4321 };
    await drop('x.inventory', lines({ at: AT, dismissed: 'a.json', ...said }, clip('a.mov')));
    await drop('y.inventory', lines({ at: AT, gone: '/cards/A001/a.mov', ...said }));
    await keeper.takeOver(['x.inventory', 'y.inventory']);
    const written = (await record()).trim().split('\n');
    const withdrawn = written.map((line) => JSON.parse(line) as object).filter((it) => 'uid' in it);
    expect(withdrawn).toEqual([
      { at: AT, dismissed: 'a.json', by, uid },
      { at: AT, gone: '/cards/A001/a.mov', by, uid },
    ]);
  });

  it('with a line longer than any has the others', async () => {
    await drop('x.inventory', `${'x'.repeat(3_000_000)}\n${lines(clip('z.mov'))}`);
    await keeper.takeOver(['x.inventory']);
    expect(await record()).toBe(lines(clip('z.mov')));
  });
});

describe('the record', () => {
  describe('that fills up', () => {
    const { recordBytes } = INVENTORY_LIMITS;
    const many = Array.from({ length: 40 }, (_, at) => clip(`${at}.mov`));
    beforeEach(() => void (INVENTORY_LIMITS.recordBytes = Buffer.byteLength(lines(...many)) + 100));
    afterEach(() => void (INVENTORY_LIMITS.recordBytes = recordBytes));

    it('takes nothing that would make it larger than readers take, and loses nothing', async () => {
      const told = vi.spyOn(logger, 'report').mockImplementation(() => undefined);
      await writeFile(folder.inventory, lines(...many));
      await keeper.open();
      await drop('x.inventory', lines(clip('a.mov')));
      await keeper.takeOver(['x.inventory']);
      const reason = expect.stringContaining('The inventory of media is full') as string;
      expect(told).toHaveBeenCalledWith('file_ignored', { file: 'x.inventory', reason });
      expect(await readdir(folder.pending)).toEqual(['x.inventory']);
      expect(await record()).toBe(lines(...many));
      told.mockRestore();
    });

    it('is rid of what later lines have replaced, and takes on', async () => {
      const half = many.slice(20);
      for (let at = 0; at < 5; at++) {
        await drop('x.inventory', lines(...half));
        await keeper.takeOver(['x.inventory']);
      }
      await drop('y.inventory', lines(clip('a.mov')));
      await keeper.takeOver(['y.inventory']);
      expect(await readdir(folder.pending)).toEqual([]);
      expect(await paths()).toHaveLength(21);
    });

    it('is told before it is full', async () => {
      await writeFile(folder.inventory, lines(...many.slice(20)));
      expect(await readInventory(folder)).toMatchObject({ notices: [], faults: [] });
      await writeFile(folder.inventory, lines(...many));
      const { notices, faults, fill } = await readInventory(folder);
      expect([notices.length, faults.length]).toEqual([1, 0]);
      expect(notices[0]).toContain('nearly full');
      expect(fill).toBeGreaterThan(0.9);
    });
  });

  it('is left as it is at a start when it has more clips than are remembered', async () => {
    const told = vi.spyOn(logger, 'report').mockImplementation(() => undefined);
    const all = Array.from({ length: INVENTORY_LIMITS.clips + 1 }, (_, at) => lines(clip(`${at}`)));
    await writeFile(folder.inventory, all.join(''));
    const { size } = await stat(folder.inventory);
    await keeper.open();
    expect((await stat(folder.inventory)).size).toBe(size);
    const reason = expect.stringContaining('is full') as string;
    expect(told).toHaveBeenCalledWith('inventory_failed', { reason });
    told.mockRestore();
  });

  it('has at a start only what later lines have not replaced', async () => {
    const all = [
      clip('a.mov'),
      clip('b.mov'),
      clip('a.mov', LEFT),
      clip('b.mov', LEFT),
      { at: AT, gone: '/cards/A001/b.mov' },
    ];
    await writeFile(folder.inventory, lines(...all));
    await keeper.open();
    expect(await record()).toBe(lines(clip('a.mov', LEFT)));
  });

  it('remembers what was asked for of a clip that is gone, which may come back', async () => {
    const gone = { at: AT, gone: '/cards/A001/b.mov' };
    await writeFile(folder.inventory, lines(gone, clip('b.mov'), clip('a.mov'), gone));
    await keeper.open();
    expect(await record()).toBe(lines(clip('b.mov'), gone, clip('a.mov')));
    expect(await paths()).toEqual(['/cards/A001/a.mov']);
    const inventory = await readInventory(folder);
    expect(inventory.isGone('/cards/A001/b.mov')).toBe(true);
    expect(inventory.of('/cards/A001/b.mov', clip('b.mov'))).toEqual(clip('b.mov'));
  });

  it('has of a clip in one place what it was left out as last, and all that it was asked for', async () => {
    const text = { ...LEFT, cause: 'no_timecode', look: 'half text' } as const;
    const other = clip('a.mov', { kind: 'h264 mp4', look: 'half text', ...LEFT });
    const all = [clip('a.mov', text), other, clip('b.mov'), clip('b.mov', text), clip('a.mov')];
    await writeFile(folder.inventory, lines(...all));
    await keeper.open();
    expect(await record()).toBe(lines(other, clip('a.mov'), clip('b.mov'), clip('b.mov', text)));
  });

  it('goes on after a line that a crash has cut', async () => {
    await writeFile(folder.inventory, lines(clip('a.mov')));
    await keeper.open();
    await appendFile(folder.inventory, '{"at":"2026');
    await keeper.open();
    await drop('x.inventory', lines(clip('b.mov')));
    await keeper.takeOver(['x.inventory']);
    expect(await paths()).toEqual(['/cards/A001/a.mov', '/cards/A001/b.mov']);
  });

  it('knows of an archived job which clips it asked for, and of no other clip', async () => {
    await drop('x.inventory', lines(clip('a.mov')));
    await keeper.takeOver(['x.inventory']);
    const spec = jobSpec({ sources: ['/cards/A001/a.mov'] });
    const text = JSON.stringify(spec);
    await writeFile(join(folder.running, 'a.mov.json'), text);
    await keeper.jobArchived('a.mov.json');
    const sha256 = /"sha256":"(\w+)"/.exec(await record())?.[1] ?? null;
    const inventory = await readInventory(folder);
    expect(inventory.wasArchived(clip('a.mov', { job_sha256: sha256 }))).toBe(true);
    expect(inventory.wasArchived(clip('a.mov'))).toBe(false);
    const forged = clip('other.mov', { job: 'a.mov.json', job_sha256: sha256 });
    expect(inventory.wasArchived(forged)).toBe(false);
  });

  it('knows all clips of a job that has more than a line of an inventory could name', async () => {
    const sources = Array.from(
      { length: 1000 },
      (_, at) => `/cards/A001/${'x'.repeat(40)}/${at}.mov`,
    );
    await writeFile(folder.inventory, '');
    await keeper.open();
    await writeFile(join(folder.running, 'a.json'), JSON.stringify(jobSpec({ sources })));
    await keeper.jobArchived('a.json');
    const sha256 = /"sha256":"(\w+)"/.exec(await record())?.[1] ?? null;
    const asked = clip('a.mov', { path: sources[999] ?? '', job: 'a.json', job_sha256: sha256 });
    expect((await readInventory(folder)).wasArchived(asked)).toBe(true);
  });

  it('is made by the first inventory, and not by a job', async () => {
    await writeFile(join(folder.running, 'a.json'), JSON.stringify(jobSpec()));
    await keeper.open();
    await keeper.jobArchived('a.json');
    expect(await readdir(folder.own)).not.toContain('inventory.jsonl');
  });
});
