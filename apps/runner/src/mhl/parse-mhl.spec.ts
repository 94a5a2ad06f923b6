import { describe, expect, it } from 'vitest';
import { HASHERS, type Algorithm } from './algorithms.ts';
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
      size: 5,
      hashes: new Map([['xxh64', '0ea03b369a463d9d']]),
    });
  });

  it.each([
    ['Caf&#233; &#x1F3AC;&apos;.mov', "Café 🎬'.mov"],
    [' of Monday .mov ', ' of Monday .mov '],
    ['\n    a.mov\n  ', 'a.mov'],
    ['&amp;#65;.mov', '&#65;.mov'],
  ])('may write a name in any way of XML: %s', (written, name) => {
    const [file] = parseMhl(asc(`<hash><path>${written}</path><md5> 00 </md5></hash>`));
    expect(file).toMatchObject({ path: name, hashes: new Map([['md5', '00']]) });
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
    ['a path that no system has', asc(`<hash><path>${'a/'.repeat(16_384)}</path></hash>`)],
    ['more entries than are read', `<hashlist>${'<a/>'.repeat(3_000_001)}`],
    ['more attributes than are read', `<hashlist ${'a="" '.repeat(3_000_001)}/>`],
    ['tags that are never closed', '<a>'.repeat(8_000_000)],
  ])('is refused for %s', (_, text) => {
    const began = process.cpuUsage();
    expect(() => parseMhl(text)).toThrow(/longer than|more entries/);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
  });

  it('has no name whose white space is looked at again and again', () => {
    const name = `a${'\n'.repeat(30_000)}b`;
    expect(parseMhl(asc(`<hash><path>\n${name}\n</path></hash>`))[0]?.path).toBe(name);
  });
});

describe('a classic MHL', () => {
  it.each([
    ['xxhash64be', '44BC2CF5AD770999', 'xxh64', '44bc2cf5ad770999'],
    ['xxhash64', '990977adf52cbc44', 'xxh64', '44bc2cf5ad770999'],
    ['xxhash', '0852579327', 'xxh32', '32d153ff'],
    ['md5', '900150983CD24FB0D6963F7D28E17F72', 'md5', '900150983cd24fb0d6963f7d28e17f72'],
  ])('writes %s in its own way', (name, text, algorithm, value) => {
    const list = `<hashlist version="1.1"><hash><file>a\\b.mov</file><size>3</size><${name}>${text}</${name}></hash></hashlist>`;
    const hashes = new Map([[algorithm, value]]);
    expect(parseMhl(list)).toEqual([{ path: 'a/b.mov', formerPath: null, size: 3, hashes }]);
  });
});

it.each<[Algorithm, string, string]>([
  ['xxh64', 'abc', '44bc2cf5ad770999'],
  ['xxh32', 'abc', '32d153ff'],
  ['xxh3', '', '2d06800538d394c2'],
  ['xxh128', '', '99aa06d3014798d86001c324468d497f'],
  ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  [
    'c4',
    '',
    'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT',
  ],
])('%s of "%s" is the published one', async (algorithm, text, value) => {
  const hasher = await HASHERS[algorithm]();
  hasher.update(Buffer.from(text));
  expect(hasher.digest()).toBe(value);
});
