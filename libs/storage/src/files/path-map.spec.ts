import { describe, expect, it } from 'vitest';
import { rulesClash, mapPath, readPathRule } from './path-map.ts';

const rules = (...texts: string[]) =>
  texts.map((text) => readPathRule(text) ?? { from: '', to: '' });

describe('a rule', () => {
  it.each([
    ['/Volumes/raid=/mnt/raid', '/Volumes/raid', '/mnt/raid'],
    ['/a=b=/mnt/raid', '/a=b', '/mnt/raid'],
    ['/a=/mnt/x=/y', '/a', '/mnt/x=/y'],
    ['Z:\\=/mnt/raid', 'Z:\\', '/mnt/raid'],
    ['Z:=/mnt/raid', 'Z:', '/mnt/raid'],
    ['\\\\nas\\raid=/mnt/raid', '\\\\nas\\raid', '/mnt/raid'],
  ])('is FROM and TO: %s', (text, from, to) => {
    expect(readPathRule(text)).toEqual({ from, to });
  });

  it.each(['', '=', '/a', '/a=', '=/b', 'a=/b', '/a=b', '/a=Z:\\b', 'Z=/b'])(
    'is not %s',
    (text) => {
      expect(readPathRule(text)).toBeNull();
    },
  );
});

describe('a path', () => {
  const RULES = rules(
    '/Volumes/raid=/mnt/raid',
    '/Volumes/raid/fast/=/mnt/ssd/',
    'Z:\\=/mnt/z',
    '\\\\nas\\Raid=/mnt/nas',
    '/=/mnt/all',
  );
  it.each([
    ['/Volumes/raid/day1/a.mov', '/mnt/raid/day1/a.mov'],
    ['/Volumes/raid', '/mnt/raid'],
    ['/Volumes//raid//a.mov', '/mnt/raid/a.mov'],
    ['/Volumes/raid/fast/a.mov', '/mnt/ssd/a.mov'],
    ['/Volumes/raid2/a.mov', '/mnt/all/Volumes/raid2/a.mov'],
    ['/volumes/raid/a.mov', '/mnt/all/volumes/raid/a.mov'],
    ['Z:\\Day 1\\a.mov', '/mnt/z/Day 1/a.mov'],
    ['z:/Day 1/a.mov', '/mnt/z/Day 1/a.mov'],
    ['\\\\NAS\\raid\\a.mov', '/mnt/nas/a.mov'],
    ['\\\\nas\\raid2\\a.mov', '\\\\nas\\raid2\\a.mov'],
    ['Y:\\a.mov', 'Y:\\a.mov'],
    ['a.mov', 'a.mov'],
    ['', ''],
    // Whether that may be, the contract says.
    ['Z:\\..\\etc\\passwd', '/mnt/z/../etc/passwd'],
    ['/Volumes/raid/../../etc/passwd', '/mnt/raid/../../etc/passwd'],
    // A name of POSIX may hold what separates on Windows.
    ['/Volumes/raid/a\\b.mov', '/mnt/raid/a\\b.mov'],
  ])('%s is %s here', (path, here) => {
    expect(mapPath(RULES, path)).toBe(here);
  });

  it('may become the root', () => {
    expect(mapPath(rules('/a=/'), '/a/b')).toBe('/b');
  });
});

describe('rules that lead into one another, or from one path to two', () => {
  it.each([
    [['/raid=/raid/new'], true],
    [['/raid=/raid'], true],
    [['/a=/b/c', '/b=/d'], true],
    [['/a=/b', '/b/c=/d'], false],
    [['Z:\\=/mnt', '/Volumes=/mnt'], false],
    [['/a=/b', '/a=/c'], true],
    [['/a/=/b', '/x=/y', '/a=/b'], true],
    [['Z:=/b', 'z:\\=/c'], true],
    [['/a=/b', '/a/fast=/c', '/A=/d'], false],
  ])('are found: %j', (texts, isUnclear) => {
    expect(rulesClash(rules(...texts))).toBe(isUnclear);
  });
});
