import { describe, expect, it } from 'vitest';
import { avchdPlaylist } from '../../../../test/support/card-indexes.ts';
import { joinedStreams } from './avchd-playlist.ts';

const playlist = avchdPlaylist([
  { clip: '00000', goesOn: false },
  { clip: '00001', goesOn: true },
  { clip: '00002', goesOn: true },
  { clip: '00003', goesOn: false },
]);

describe('an AVCHD playlist', () => {
  it('tells which streams go on from another', () => {
    expect(joinedStreams(playlist)).toEqual(['00001', '00002']);
  });

  it('that is cut tells what it has, and other bytes tell nothing', () => {
    expect(joinedStreams(playlist.subarray(0, 58 + 10 + 82 + 40))).toEqual(['00001']);
    for (let length = 0; length < playlist.length; length++)
      expect(() => joinedStreams(playlist.subarray(0, length))).not.toThrow();
    expect(joinedStreams(Buffer.from('not an index at all'))).toEqual([]);
    const endless = Buffer.from(playlist);
    endless.writeUInt16BE(0, 58 + 10);
    expect(joinedStreams(endless).length).toBeLessThan(5);
  });
});
