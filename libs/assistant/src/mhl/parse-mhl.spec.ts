import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hashOf, type Algorithm } from './hash-of.ts';
import { parseMhl } from './parse-mhl.ts';

const asc = (hash: string) =>
  `<?xml version="1.0"?><hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><hashes>${hash}` +
  '<directoryhash><path>Clip</path></directoryhash></hashes></hashlist>';

describe('an ASC MHL', () => {
  it('tells paths, sizes and hashes, and what a file was called before', () => {
    const [file, ...others] = parseMhl(
      asc(
        '<hash><path size="5">Clip/A &amp; B.mov</path><xxh64 action="original">0EA03B369A463D9D</xxh64>' +
          '<md5 action="failed">00</md5><previousPath>Clip/A.mov</previousPath></hash>',
      ),
    );
    expect(others).toEqual([]);
    expect(file).toEqual({
      path: 'Clip/A & B.mov',
      formerPath: 'Clip/A.mov',
      hash: { algorithm: 'xxh64', value: '0ea03b369a463d9d' },
    });
  });

  it.each([
    ['Caf&#233; &#x1F3AC;&apos;.mov', "Café 🎬'.mov"],
    ['\n    a.mov\n  ', 'a.mov'],
    ['&amp;#65;.mov', '&#65;.mov'],
  ])('may write a name in any way of XML: %s', (written, name) => {
    const [file] = parseMhl(asc(`<hash><path>${written}</path><md5> 00 </md5></hash>`));
    expect(file).toMatchObject({ path: name, hash: { algorithm: 'md5', value: '00' } });
  });

  it.each(['<html/>', 'no XML', asc('<hash><md5>00</md5></hash>'), '<hashlist>'])(
    'is none: %s',
    (text) => expect(() => parseMhl(text)).toThrow(Error),
  );

  it('has no entities of its own', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "b">]><hashlist><hash><file>&a;</file></hash></hashlist>';
    expect(() => parseMhl(bomb)).toThrow('document type');
  });
});

describe('a list that is made to cost time', () => {
  it.each([
    ['more entries than are read', `<hashlist>${'<a/>'.repeat(3_000_001)}`],
    ['more attributes than are read', `<hashlist ${'a="" '.repeat(3_000_001)}/>`],
    ['tags that are never closed', '<a>'.repeat(8_000_000)],
  ])('is refused for %s', (_, text) => {
    const began = process.cpuUsage();
    expect(() => parseMhl(text)).toThrow('more entries');
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
  });
});

describe('a classic MHL', () => {
  it.each([
    ['xxhash64be', '44BC2CF5AD770999', 'xxh64', '44bc2cf5ad770999'],
    ['xxhash64', '990977adf52cbc44', 'xxh64', '44bc2cf5ad770999'],
    ['md5', '900150983CD24FB0D6963F7D28E17F72', 'md5', '900150983cd24fb0d6963f7d28e17f72'],
  ])('writes %s in its own way', (name, text, algorithm, value) => {
    const list = `<hashlist version="1.1"><hash><file>a\\b.mov</file><size>3</size><${name}>${text}</${name}></hash></hashlist>`;
    const hash = { algorithm, value };
    expect(parseMhl(list)).toEqual([{ path: 'a/b.mov', formerPath: null, hash }]);
  });
});

it.each<[Algorithm, string, string]>([
  ['xxh64', 'abc', '44bc2cf5ad770999'],
  ['xxh3', '', '2d06800538d394c2'],
  ['xxh128', '', '99aa06d3014798d86001c324468d497f'],
  ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
])('%s of "%s" is the published one', async (algorithm, text, value) => {
  const folder = await mkdtemp(join(tmpdir(), 'hash-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a'), text);
  let bytes = 0;
  expect(await hashOf(join(folder, 'a'), algorithm, (count) => (bytes += count))).toBe(value);
  expect(bytes).toBe(text.length);
});
