import { createHash } from 'node:crypto';
import {
  appendFile,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { planned, plan, sourcesFor } from '../support/plan.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
const FILES = ['Clip/A001.mov', 'Clip/A002.mov'];
let card = '';
let args: string[] = [];

beforeEach(async () => {
  card = folder().beside('A001');
  args = [card, '--output', folder().output, '--codec', 'h264', '--check-mhl'];
  await mkdir(join(card, 'Clip'), { recursive: true });
  for (const file of FILES) await cp(clips['a.mov'], join(card, file));
});

/** By a program that isn't ours. */
async function xxh64(file: string): Promise<string> {
  const { stdout } = await execa('xxhsum', ['-H64', join(card, file)]);
  return stdout.split(' ')[0] ?? '';
}

async function md5(file: string): Promise<string> {
  return createHash('md5')
    .update(await readFile(join(card, file)))
    .digest('hex');
}

/** A history of one list, as the reference implementation writes it. */
async function writeHistory(files: readonly string[]) {
  const hashes: string[] = [];
  for (const file of files)
    hashes.push(
      `<hash><path>${file}</path><xxh64 action="original">${await xxh64(file)}</xxh64></hash>`,
    );
  const list = `<?xml version="1.0" encoding="UTF-8"?>\n<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><hashes>${hashes.join('')}</hashes></hashlist>\n`;
  const name = '0001_A001_2024-01-01_120000Z.mhl';
  await mkdir(join(card, 'ascmhl'));
  await writeFile(join(card, 'ascmhl', name), list);
  return join(card, 'ascmhl', name);
}

async function writeClassic(path: string, prefix: string) {
  const hashes: string[] = [];
  for (const file of FILES)
    hashes.push(
      `<hash><file>${prefix}${file}</file><size>1</size><md5>${await md5(file)}</md5></hash>`,
    );
  const text = `<hashlist version="1.1">${hashes.join('')}</hashlist>`;
  const size = (await readFile(clips['a.mov'])).length;
  await writeFile(path, text.replaceAll('<size>1<', `<size>${size}<`));
}

describe('sources that are compared with an ASC MHL', () => {
  it('are planned when they match; one that was changed is left out, loudly', async () => {
    await writeHistory(FILES);
    const whole = await planned(args);
    expect(whole.exitCode).toBe(0);
    expect(whole.report.hashes).toEqual({ matched: 2, unlisted: [] });
    expect(whole.report.hash_lists).toEqual([join(card, 'ascmhl')]);

    const path = join(card, 'Clip/A002.mov');
    const bytes = await readFile(path);
    const picture = bytes.indexOf('mdat') + 100;
    bytes[picture] = (bytes.at(picture) ?? 0) ^ 1;
    await writeFile(path, bytes);
    const { exitCode, report, stderr } = await planned(args);
    expect(exitCode).toBe(1);
    expect(sourcesFor(report, 'ffmpeg')).toEqual([join(card, 'Clip/A001.mov')]);
    expect(report.problems).toMatchObject([{ path, kind: 'mismatch' }]);
    expect(stderr).toMatch(/^Not planned: .*A002\.mov is not what .*\.mhl says: its xxh64 is/);
  });

  it('are told when no list has them, and missed when only a list has them', async () => {
    await writeHistory(FILES);
    await cp(clips['a.mov'], join(card, 'Clip/A003.mov'));
    await rm(join(card, 'Clip/A001.mov'));
    const { exitCode, report } = await planned(args);
    expect(exitCode).toBe(1);
    expect(report.hashes).toEqual({ matched: 1, unlisted: [join(card, 'Clip/A003.mov')] });
    const lost = join(card, 'Clip/A001.mov');
    expect(report.problems).toMatchObject([{ path: lost, kind: 'missing' }]);
  });

  it('are held to what was said first, under the name that they had', async () => {
    const first = await writeHistory(['Clip/A001.mov', 'Clip/A002.mov']);
    await rename(join(card, 'Clip/A001.mov'), join(card, 'Clip/B001.mov'));
    const entry = (hash: string) =>
      `<hash><path>Clip/B001.mov</path><previousPath>Clip/A001.mov</previousPath><xxh64>${hash}</xxh64></hash>`;
    const second = join(dirname(first), '0002_A001_2024-01-02_120000Z.mhl');
    await writeFile(second, `<hashlist><hashes>${entry('0'.repeat(16))}</hashes></hashlist>`);
    const { exitCode, report } = await planned(args);
    expect(exitCode).toBe(0);
    expect(report.hashes).toEqual({ matched: 2, unlisted: [] });
  });

  it('are found whichever way their accents are written', async () => {
    const [nfc, nfd] = ['Müller'.normalize('NFC'), 'Müller'.normalize('NFD')];
    await rename(join(card, 'Clip/A001.mov'), join(card, `Clip/${nfd}.mov`));
    const list = await writeHistory([`Clip/${nfd}.mov`, 'Clip/A002.mov']);
    await writeFile(list, (await readFile(list, 'utf8')).replace(nfd, nfc));
    const { report } = await planned(args);
    expect(report.problems).toEqual([]);
    expect(report.hashes).toEqual({ matched: 2, unlisted: [] });
  });

  it('are not planned by a list that can not be read', async () => {
    await truncate(await writeHistory(FILES), 100);
    const { exitCode, stderr } = await plan(args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("can't be read as a hash list: ");
    expect(stderr).toContain('Nothing is planned.');
  });
});

describe('sources that are compared with a classic MHL', () => {
  it('match one above the folder that is planned', async () => {
    await writeClassic(join(dirname(card), 'A001.mhl'), 'A001/');
    const link = join(folder().output, 'card');
    await symlink(card, link);
    for (const medium of [card, link]) {
      const { exitCode, report } = await planned([medium, ...args.slice(1)]);
      expect({ exitCode, hashes: report.hashes }).toEqual({
        exitCode: 0,
        hashes: { matched: 2, unlisted: [] },
      });
    }
  });

  it('are left out when they were cut off', async () => {
    await writeClassic(join(card, 'A001.mhl'), '');
    const path = join(card, 'Clip/A001.mov');
    await appendFile(path, 'x');
    const { report, stderr } = await planned(args);
    expect(report.problems).toMatchObject([{ path, kind: 'mismatch' }]);
    expect(stderr).toMatch(/A001\.mov is not what .*A001\.mhl says: its md5 is/);
  });
});

describe('hash lists', () => {
  it('are named when nobody compares, and asked for when there are none', async () => {
    const without = await plan(args);
    expect(without.exitCode).toBe(1);
    expect(without.stderr).toBe(`There is no hash list for ${card}. Nothing is planned.`);
    const list = join(card, 'A001.mhl');
    await writeClassic(list, '');
    const { stdout } = await plan(args.slice(0, -1));
    expect(stdout).toContain(`Hash list: ${list}. Compare sources with it by --check-mhl.`);
  });
});
