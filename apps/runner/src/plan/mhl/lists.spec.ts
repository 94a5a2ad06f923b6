import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { expectedFiles } from './expected-files.ts';
import { listsAbove, listsOf } from './find-lists.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lists-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each(['NFC', 'NFD'])(
  'finds a file whose accents the list writes in the other way: %s',
  async (form) => {
    const path = join(folder, 'Müller.mov'.normalize(form));
    await writeFile(path, '');
    const name = 'Müller.mov'.normalize(form === 'NFC' ? 'NFD' : 'NFC');
    const list = join(folder, 'a.mhl');
    const text = `<hashlist><hash><file>${name}</file><md5>00</md5></hash></hashlist>`;
    await writeFile(list, text);
    expect([...(await expectedFiles(listsOf([list]))).keys()]).toEqual([path]);
  },
);

it('finds it in a folder that has the other way than the file, and knows its former name there', async () => {
  const [place, name] = ['Jürg'.normalize('NFC'), 'Müller.mov'.normalize('NFD')];
  await mkdir(join(folder, place));
  await writeFile(join(folder, place, name), '');
  const list = (number: number, name: string) => {
    const path = join(folder, `000${number}.mhl`);
    const text = `<hashlist><hash>${name}<md5>00</md5></hash></hashlist>`;
    return writeFile(path, text).then(() => path);
  };
  const former = `${place.normalize('NFD')}/a.mov`;
  const now = `${place.normalize('NFD')}/${name.normalize('NFC')}`;
  const files = [
    await list(1, `<path>${former}</path>`),
    await list(2, `<path>${now}</path><previousPath>${former}</previousPath>`),
  ];
  const expected = await expectedFiles([{ folder, history: null, files }]);
  expect([...expected.keys()]).toEqual([join(folder, place, name)]);
});

it('holds a file that was renamed to the first hash of its former name', async () => {
  await writeFile(join(folder, 'b.mov'), '');
  const texts = [
    '<path>a.mov</path><md5>11</md5>',
    '<path>b.mov</path><previousPath>a.mov</previousPath><md5>22</md5>',
  ];
  const files = texts.map((_, at) => join(folder, `000${at}.mhl`));
  for (const [at, text] of texts.entries())
    await writeFile(files[at] ?? '', `<hashlist><hash>${text}</hash></hashlist>`);
  const expected = await expectedFiles([{ folder, history: null, files }]);
  expect([...expected]).toMatchObject([
    [join(folder, 'b.mov'), [{ hash: { algorithm: 'md5', value: '11' } }]],
  ]);
});

it('trusts no list beside a history above the card that can not be looked into', async () => {
  const card = join(folder, 'card');
  await mkdir(card);
  await symlink('ascmhl', join(folder, 'ascmhl'));
  await writeFile(join(folder, 'a.mhl'), '<hashlist></hashlist>');
  const lists = await listsAbove(card);
  expect(lists.map(({ history }) => history)).toContain(join(folder, 'ascmhl'));
  await expect(expectedFiles(lists)).rejects.toThrow("ascmhl_chain.xml can't be read");
});

it('reads no list through a link', async () => {
  await writeFile(join(folder, 'list'), '<hashlist></hashlist>');
  await symlink('list', join(folder, 'a.mhl'));
  const lists = listsOf([join(folder, 'a.mhl')]);
  await expect(expectedFiles(lists)).rejects.toThrow('it is a symbolic link');
});

it.each([
  ['parts', 'a/'.repeat(16_000)],
  ['accents', 'é/'.repeat(16_000)],
  ['accents there and back', 'Müller/../'.repeat(3000)],
])('asks the disk no more for a path of many %s', async (_, parts) => {
  await mkdir(join(folder, 'Müller'));
  const list = join(folder, 'a.mhl');
  const entries = Array.from({ length: 50 }, (_, index) => `<file>${parts}${index}.mov</file>`);
  const hashes = entries.map((entry) => `<hash>${entry}<md5>00</md5></hash>`).join('');
  await writeFile(list, `<hashlist>${hashes}</hashlist>`);
  const began = process.cpuUsage();
  expect((await expectedFiles(listsOf([list]))).size).toBe(50);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});

it('keeps what a list says of a file once, however often it says so', async () => {
  const list = join(folder, 'a.mhl');
  const [same, other] = ['00', '01'].map((md5) => `<hash><file>C/a</file><md5>${md5}</md5></hash>`);
  await writeFile(list, `<hashlist>${same?.repeat(40_000)}${other}</hashlist>`);
  const statements = (await expectedFiles(listsOf([list]))).get(join(folder, 'C/a'));
  expect(statements?.map(({ hash }) => hash?.value)).toEqual(['00', '01']);
});
