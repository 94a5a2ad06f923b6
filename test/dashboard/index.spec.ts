import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleFolder } from '../support/sample-folder.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { START, startDashboard, until, type Dashboard } from './dashboard.ts';

describe('the index that is kept', () => {
  let data = '';
  let folder: FilledFolder;

  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'index-'));
    folder = sampleFolder();
  });

  afterEach(() => {
    rmSync(data, { recursive: true, force: true });
    folder.remove();
  });

  const start = () => startDashboard([`dailies=${folder.path}`], { dataDirectory: data });
  const total = async (dashboard: Dashboard, query = '') =>
    (await dashboard.json<{ total: number }>(`/api/jobs${query}`)).total;
  const settled = async (dashboard: Dashboard) =>
    until(async () => (await dashboard.json<{ indexing: unknown }>('/api/jobs')).indexing === null);
  const files = () => readdirSync(data).filter((name) => name.endsWith('.sqlite'));

  it('knows after a restart what was there, and what changed meanwhile', async () => {
    const first = await start();
    await settled(first);
    expect(await total(first)).toBe(67);
    await first.stop();
    folder.archive('while-it-was-down');
    folder.delete('failed/typo.json');
    folder.delete('failed/typo.result.json');
    const second = await start();
    await until(async () => (await total(second, '?q=while-it-was-down')) === 1);
    await until(async () => (await total(second, '?q=typo')) === 0);
    expect(await total(second)).toBe(67);
    expect(files()).toHaveLength(1);
    await second.stop();
  });

  it('is made anew when it is damaged', async () => {
    const first = await start();
    await settled(first);
    await first.stop();
    const path = join(data, files()[0] ?? '');
    overwrite(path, 0, statSync(path).size);
    const second = await start();
    await until(async () => (await total(second)) === 67);
    expect(files()).toHaveLength(1);
    await second.stop();
  });

  it('can be deleted while nobody uses it', async () => {
    const first = await start();
    await settled(first);
    await first.stop();
    for (const name of readdirSync(data)) rmSync(join(data, name));
    const second = await start();
    await until(async () => (await total(second)) === 67);
    expect(files()).toHaveLength(1);
    await second.stop();
  });

  it('is that of one dashboard: another of the same folder is told to use a directory of its own', async () => {
    const first = await start();
    const second = [`dailies=${folder.path}`, '--port', '0', '--data-dir', data];
    const ended = await execa(process.execPath, [START, ...second], { all: true, reject: false });
    expect(ended.exitCode).toBe(2);
    expect(ended.all).toMatch(/another dashboard of the same folders uses it[^]*--data-dir PATH/u);
    await until(async () => (await total(first)) === 67);
    await first.stop();
  });

  it('never lies in a watch folder', async () => {
    const inside = join(folder.path, 'cache');
    const shown = [`dailies=${folder.path}`, '--port', '0', '--data-dir', inside];
    const ended = await execa(process.execPath, [START, ...shown], { all: true, reject: false });
    expect(ended.exitCode).toBe(2);
    expect(ended.all).toContain('The index would lie in the watch folder "dailies"');
    expect(existsSync(inside)).toBe(false);
  });
});

function overwrite(path: string, from: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, from);
  closeSync(file);
}
