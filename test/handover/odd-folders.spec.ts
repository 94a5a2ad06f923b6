/** @module-tag night */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { xxhash128 } from 'hash-wasm';
import { c4Of } from '../../apps/runner/src/mhl/c4.ts';
import { writeGeneration } from '../../apps/runner/src/handover/mhl/index.ts';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeClip } from '../support/media.ts';
import { schemaErrors } from '../support/mhl-schema.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
const TINY = { width: 64, height: 36, frames: 5 } as const;
let folder: JobFolder;
let lists: string;
let proxy: string;
let bytes: Buffer;

beforeAll(async () => {
  folder = await JobFolder.create(temporary.path);
  const mov = await makeClip(temporary.path, 'A001.mov', TINY);
  const ts = await makeClip(temporary.path, 'A002.ts', { ...TINY, container: 'mpegts' });
  const fields = { codec: 'prores_proxy', container: 'mov', naming_template: '{source_name}' };
  await folder.submit('1.json', [mov, ts], fields);
  const twice = { fps_mode: 'explicit', fps_explicit: 50, naming_template: '{source_name}_50' };
  await folder.submit('2.json', [mov, ts], { ...fields, ...twice });
  for (const name of ['3.json', '4.json'])
    await folder.submit(name, ['/not/here.mov'], {
      ...fields,
      naming_template: `${name}_{source_name}`,
    });
  await cli([folder.root, '--once']);
  proxy = join(folder.output, 'A001.mov');
  bytes = await readFile(proxy);
});

beforeEach(async () => {
  lists = join(temporary.path, 'lists');
  await mkdir(lists);
});
afterEach(async () => {
  await rm(lists, { recursive: true });
  await rm(join(folder.output, 'ascmhl'), { recursive: true, force: true });
  await rm(proxy, { force: true });
  await writeFile(proxy, bytes);
});

const handover = () => cli(['handover', folder.root, '--output', lists]);
const list = (name: string) => readFile(join(lists, name), 'utf8');
const history = (name = '') => join(folder.output, 'ascmhl', name);
const newest = async () => {
  const names = (await readdir(history())).filter((name) => name.endsWith('.mhl')).toSorted();
  return readFile(history(names.at(-1)), 'utf8');
};

describe('the ALE', () => {
  it('has clips whose containers tell no length, and counts what is in the proxy', async () => {
    const { exitCode, stderr } = await handover();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const rows = (text: string) => text.split('Data\n')[1]?.trimEnd().split('\n') ?? [];
    expect(rows(await list('handover-25.ale')).map((row) => row.split('\t')[3])).toEqual([
      '00:00:00:05',
      '00:00:00:05',
    ]);
    expect(rows(await list('handover-50.ale')).map((row) => row.split('\t')[3])).toEqual([
      '00:00:00:10',
      '00:00:00:10',
    ]);
  });
});

describe('the list of what failed', () => {
  it('names the source of a job that failed before its first clip, once', async () => {
    await handover();
    const csv = await list('handover.csv');
    expect(csv).toMatch(/failed,\/not\/here\.mov,,"?MissingSourcesError: /);
    expect(csv.match(/^failed,/gm)).toHaveLength(1);
    expect(csv).not.toContain('not begun');
  });
});

describe('what would never end', () => {
  it.each([
    ['a FIFO', (path: string) => execa('mkfifo', [path])],
    ['a link to a device', (path: string) => symlink('/dev/zero', path)],
    ['a folder', (path: string) => mkdir(path)],
  ])('is no proxy: %s', async (_, make) => {
    await rm(proxy);
    await make(proxy);
    const { exitCode, stderr } = await handover();
    await rm(proxy, { recursive: true });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /A001\.mov" can't be read: (it is not a regular file|illegal operation)/,
    );
  });

  it.each(['ascmhl_chain.xml', '0001_list.mhl'])('is no list: %s', async (name) => {
    await mkdir(history());
    if (name.endsWith('.mhl')) await writeChain(name, 'c4');
    await execa('mkfifo', [history(name)]);
    const { exitCode, stderr } = await handover();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`There is no hash list for "${folder.output}": `);
    expect(stderr).toContain('it is not a regular file');
    expect(await list('handover.csv')).toContain('A002.ts');
  });
});

describe('something that is called ascmhl', () => {
  it.each([
    ['a file', (path: string) => writeFile(path, '')],
    ['a FIFO', (path: string) => execa('mkfifo', [path])],
    ['what can not be looked into', (path: string) => symlink('ascmhl', path)],
  ])('costs the hash list alone: %s', async (_, make) => {
    await make(history().replace(/\/$/, ''));
    const { exitCode, stderr } = await handover();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`There is no hash list for "${folder.output}": `);
    expect(await readdir(lists)).toContain('handover-25.ale');
  });
});

async function writeChain(name: string, c4: string) {
  const chain = `<ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0"><hashlist sequencenr="1"><path>${name}</path><c4>${c4}</c4></hashlist></ascmhldirectory>`;
  await writeFile(history('ascmhl_chain.xml'), chain);
}

/** As another program has begun it, by other hashes. */
async function writeHistory(hashes: string) {
  await mkdir(history());
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><hashes><hash><path>A001.mov</path>${hashes}</hash></hashes></hashlist>\n`;
  const name = '0001_output_2024-01-01_120000Z.mhl';
  await writeFile(history(name), text);
  await writeChain(name, c4Of(Buffer.from(text)));
}

describe('a list that its chain can not name', () => {
  it('is taken back: whoever reads the history next would doubt all of it', async () => {
    expect((await handover()).exitCode).toBe(0);
    const before = await readdir(history());
    const facts = { createdAt: new Date('2024-01-01'), hostname: 'here', version: '1' };
    const stale = { generations: [], hashes: new Map() };
    const writing = writeGeneration(folder.output, stale, { ...facts, files: [] });
    await expect(writing).rejects.toThrow('Another hand-over has just written into');
    expect(await readdir(history())).toEqual(before);
  });
});

describe('a list that no chain names', () => {
  it('is told, and nothing is added beside it', async () => {
    await handover();
    const name = (await readdir(history())).find((one) => one.endsWith('.mhl')) ?? '';
    await rm(history('ascmhl_chain.xml'));
    await writeFile(history(`._${name}`), '');
    await rm(lists, { recursive: true });
    await mkdir(lists);
    const { exitCode, stderr } = await handover();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`"${history(name)}" is in no chain: `);
    expect(await list('handover.csv')).toContain('A002.ts');
    expect((await readdir(history())).toSorted()).toEqual([`._${name}`, name]);
  });

  it('takes back what two write at once', async () => {
    const history0 = { generations: [], hashes: new Map() };
    const writing = ['2024-01-01', '2024-01-02', '2024-01-03'].map((day) => {
      const facts = { createdAt: new Date(day), hostname: 'here', version: '1' };
      return writeGeneration(folder.output, history0, { ...facts, files: [] });
    });
    const ended = await Promise.allSettled(writing);
    const written = ended.filter(({ status }) => status === 'fulfilled');
    expect(written.length).toBeLessThan(2);
    const names = await readdir(history());
    expect(names.filter((name) => name.endsWith('.mhl'))).toHaveLength(written.length);
    expect(names.includes('ascmhl_chain.xml')).toBe(written.length === 1);
  });
});

describe('a path without a letter', () => {
  it.each([
    [[''], 'the folder is empty'],
    [['/not/here', '--output', ''], 'the output is empty'],
  ])('is told: %j', async (args, sentence) => {
    const { exitCode, stderr } = await cli(['handover', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('a folder that can take no lists', () => {
  it('is told before anything is added to a history', async () => {
    const place = join(lists, 'file');
    await writeFile(place, '');
    for (const output of [place, join(place, 'deep')]) {
      const words = ['handover', folder.root, '--output', output];
      const { exitCode, stdout, stderr } = await cli([...words, '--json']);
      const sentence = `"${place}" is not a folder. Name another folder with --output.`;
      expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: sentence });
      expect(JSON.parse(stdout)).toEqual({ error: [sentence] });
    }
    expect(await readdir(folder.output)).not.toContain('ascmhl');
  });

  it.skipIf(process.getuid?.() !== 0)('costs the history nothing when it is full', async () => {
    const full = join(lists, 'full');
    await mkdir(full);
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', full]);
    try {
      await writeFile(join(full, 'much'), Buffer.alloc(65_536));
      const { exitCode, stderr } = await cli(['handover', folder.root, '--output', full]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain("can't be written: no space left on device.");
      expect(await readdir(full)).toEqual(['much']);
    } finally {
      await execa('umount', [full]);
    }
    expect(await readdir(folder.output)).not.toContain('ascmhl');
  });

  it('takes the lists of one of two hand-overs, and so does the history', async () => {
    const ended = await Promise.all([handover(), handover()]);
    expect(new Set(ended.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 1]));
    const names = await readdir(history());
    expect(names.filter((name) => name.endsWith('.mhl'))).toHaveLength(1);
  });
});

describe('a history by other hashes', () => {
  const digest = (kind: string) => createHash(kind).update(bytes).digest('hex');

  it('verifies what is as it was', async () => {
    const c4 = c4Of(bytes);
    await writeHistory(
      `<c4>${c4}</c4><md5>${digest('md5')}</md5><sha1>${digest('sha1')}</sha1><xxh128>${await xxhash128(bytes)}</xxh128>`,
    );
    expect((await handover()).exitCode).toBe(0);
    const names = (await readdir(history())).toSorted().filter((name) => !name.startsWith('0001'));
    expect(await schemaErrors(...names.map(history))).toBe('');
    const [, own = ''] = /A001\.mov<\/path>([^]*?)<\/hash>/.exec(await newest()) ?? [];
    expect(own).toMatch(new RegExp(`<md5 action="verified" .*>${digest('md5')}</md5>`));
    expect(own).toMatch(new RegExp(`<sha1 action="verified" .*>${digest('sha1')}</sha1>`));
    expect(own).toMatch(/<xxh64 action="verified" /);
    expect(own).toContain(`>${c4}</c4>`);
  });

  it('tells what was made again, and has it as made', async () => {
    await writeHistory(`<md5>${'0'.repeat(32)}</md5>`);
    const { exitCode, stdout } = await handover();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('4 made and unchanged, 1 failed.');
    expect(stdout).toContain(
      `"${proxy}" was made again since generation 1 of its history, and is what was verified then: the history has the md5 ${'0'.repeat(32)}, the file ${digest('md5')}. `,
    );
    expect(await list('handover-25.ale')).toContain('A001.mov');
    const names = (await readdir(history())).toSorted().filter((name) => !name.startsWith('0001'));
    expect(await schemaErrors(...names.map(history))).toBe('');
    const [, own = ''] = /A001\.mov<\/path>([^]*?)<\/hash>/.exec(await newest()) ?? [];
    expect(own).toMatch(/<md5 action="failed" /);
    expect(own).not.toContain('xxh64');
  });
});
