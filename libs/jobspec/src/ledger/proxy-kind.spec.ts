import { describe, expect, it } from 'vitest';
import { lookKeys } from '../result/looks.ts';
import { byProxy, kindOf, proxyKeyOf } from './proxy-kind.ts';

const H264 = { codec: 'h264', container: 'mp4', resolution: 'half', fps: null, looks: [] };

describe('the proxy that is asked for', () => {
  it('is another one in another codec, container or size', () => {
    expect(kindOf(H264)).toBe('h264 mp4 half');
    expect(kindOf({ ...H264, codec: 'prores_lt', container: 'mov' })).toBe('prores_lt mov half');
    expect(kindOf({ ...H264, resolution: 'same' })).toBe('h264 mp4 same');
  });

  it('is the same by either name of a codec, and at a rate of its own', () => {
    const hevc = kindOf({ ...H264, codec: 'hevc' });
    expect(kindOf({ ...H264, codec: 'h265' })).toBe(hevc);
    expect(kindOf({ ...H264, codec: 'hevc', fps: 25 })).toBe(hevc);
  });

  it('is one of its own where the size is not told, or nothing is', () => {
    expect(kindOf({ ...H264, resolution: null })).toBe('h264 mp4');
    expect(kindOf(null)).toBeNull();
  });

  it('has attempts at one source and kind only, whatever is in a name', () => {
    const attempts = [
      { source: '/a b', kind: 'h264 mp4 half' },
      { source: '/a', kind: 'b h264 mp4 half' },
      { source: '/a b', kind: 'h264 mp4 half' },
      { source: '/a b', kind: null },
    ];
    const proxies = byProxy(attempts);
    expect([...proxies.values()].map((some) => some.length)).toEqual([2, 1, 1]);
    expect(proxies.get(proxyKeyOf('/a b', null))).toEqual([attempts[3]]);
  });
});

describe('a look', () => {
  const look = (saturation: number) => ({
    slope: [1, 1, 1],
    offset: [0, 0, 0],
    power: [1, 1, 1],
    saturation,
  });
  const looks = (cdl: unknown, sha256 = 'a'.repeat(64)) =>
    lookKeys({
      look: { cdl, lut: { path: '/x.cube', sha256 }, lut_range: 'video', becomes: 'bt709' },
    });
  const kind = (looks: readonly string[], index = 0) =>
    kindOf({ codec: 'h264', container: 'mp4', resolution: 'half', fps: null, looks }, index);

  it('makes another proxy, by its numbers and the hash of its LUT', () => {
    const kinds = [
      [],
      looks([look(1)]),
      looks([look(1.1)]),
      looks([look(1)], 'b'.repeat(64)),
      looks([null]),
    ];
    expect(new Set(kinds.map((keys) => kind(keys))).size).toBe(kinds.length);
  });

  it('is that of its source where each has its own, in whichever job', () => {
    const own = looks([look(1), look(2), null]);
    expect([0, 1, 2].map((index) => kind(own, index))).toEqual([
      kind(looks([look(1)])),
      kind(looks([look(2)]), 7),
      kind(looks([null])),
    ]);
  });

  it('is none for a source that has none', () => {
    expect(kind(lookKeys({ look: { cdl: [look(1), null], becomes: 'bt709' } }), 1)).toBe(kind([]));
  });

  it('is another one with other text, in whichever order, and for every source', () => {
    const [left, right] = [
      { text: '{timecode}', at: 'bottom-left' },
      { text: '{source_name}', at: 'bottom-right' },
    ];
    const kindOfTexts = (burn_in: unknown, rest: object = {}) =>
      kind(lookKeys({ burn_in, ...rest }), 1);
    const both = kindOfTexts([left, right]);
    expect(kindOfTexts([right, left])).toBe(both);
    const looked = { look: { cdl: [look(1), null], becomes: 'bt709' } };
    expect(kindOfTexts([left, right], looked)).toBe(both);
    expect(new Set([both, kind([]), kindOfTexts([left])]).size).toBe(3);
  });
});
