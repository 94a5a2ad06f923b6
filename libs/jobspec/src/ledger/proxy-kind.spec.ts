import { describe, expect, it } from 'vitest';
import { byProxy, kindOf, proxyKeyOf } from './proxy-kind.ts';

const H264 = { codec: 'h264', container: 'mp4', resolution: 'half', fps: null };

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
