import { describe, expect, it } from 'vitest';
import { clipChannels, clipWarnings, audioWarning } from './clip-warnings.ts';

describe('a warning says what a render by script loses', () => {
  it('of a clip with a reel name', () => {
    expect(clipWarnings({ 'Reel Name': 'A001_C001', PAR: 'Square' })).toEqual([
      expect.stringContaining('The reel name A001_C001 is not in the proxy'),
    ]);
  });

  it.each(['Cinemascope', '1.33', 'Quadrato'])('of pixels that Resolve calls %s', (PAR) => {
    expect(clipWarnings({ PAR })).toEqual([expect.stringContaining(`of the clip as ${PAR}.`)]);
  });

  it.each(['Square', '1', '1.0', '', undefined])('and nothing of pixels that are %j', (PAR) => {
    expect(clipWarnings({ PAR })).toEqual([]);
  });
});

describe('sound', () => {
  it.each([
    ['8', 8],
    [2, 2],
    ['0', 0],
    ['', 0],
    ['viele', 0],
    [undefined, 0],
  ])('of %j channels counts as %i', (text, channels) => {
    expect(clipChannels({ 'Audio Ch': text })).toBe(channels);
  });

  it.each([
    [8, [2], '8 channels of sound, and the proxy one track of 2'],
    [8, [1, 1, 1, 1], '8 channels of sound, and the proxy 4 tracks of 4 in all'],
  ])('of %i channels that becomes %j is a loss', (channels, tracks, words) => {
    expect(audioWarning(channels, tracks)).toContain(words);
  });

  it.each([
    [8, [8]],
    [8, [2, 2, 2, 2]],
    [1, [2]],
    [0, []],
  ])('of %i channels that becomes %j is whole', (channels, tracks) => {
    expect(audioWarning(channels, tracks)).toBeNull();
  });
});
