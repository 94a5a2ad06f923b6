import { describe, expect, it } from 'vitest';
import { c4Of } from '../../mhl/c4.ts';
import { hashListXml, refusalOfPath } from './hash-list.ts';

describe('a C4 identity', () => {
  // As the reference implementation of ASC MHL computes them.
  it.each([
    [
      '',
      'c459dsjfscH38cYeXXYogktxf4Cd9ibshE3BHUo6a58hBXmRQdZrAkZzsWcbWtDg5oQstpDuni4Hirj75GEmTc1sFT',
    ],
  ])('of %j', (text, expected) => {
    expect(c4Of(Buffer.from(text))).toBe(expected);
  });
});

describe('a hash list', () => {
  it('has its elements in the order of the schema', () => {
    const at = new Date('2026-11-25T12:00:00.500Z');
    const file = { path: 'A/ü & <b>.mov', bytes: 7, modifiedAt: at, hashedAt: at };
    const xml = hashListXml({
      createdAt: at,
      hostname: 'dit-cart',
      version: '0.1.0',
      files: [
        {
          ...file,
          hashes: [{ algorithm: 'xxh64', value: '0123456789abcdef', action: 'original' }],
        },
      ],
    });
    const names = [...xml.matchAll(/<(\w+)/g)].map(([, name]) => name);
    expect(names.join(' ')).toBe(
      'hashlist creatorinfo creationdate hostname tool processinfo process ignore pattern pattern pattern hashes hash path xxh64',
    );
    expect(xml).toContain(
      '<path size="7" lastmodificationdate="2026-11-25T12:00:00+00:00">A/ü &amp; &lt;b&gt;.mov</path>',
    );
  });

  it.each(['a\nb.mov', 'a\u0000', '\uFFFF', '\uD800.mov'])('has no words for %j', (path) => {
    expect(refusalOfPath(path)).not.toBeNull();
  });
});
