import { describe, expect, it } from 'vitest';
import { FolderFrames } from './frame-sequence.ts';

const frameSequence = (fileNames: readonly string[], firstFrame?: string) =>
  new FolderFrames(fileNames).of(firstFrame).sequence(firstFrame);

const frames = (from: number, to: number, prefix = 'A001_C001.', extension = 'ari') =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `${prefix}${String(from + index).padStart(7, '0')}.${extension}`,
  );

describe('the frames of a folder', () => {
  it('are one sequence, whatever else lies there', () => {
    const others = ['.DS_Store', '._A001_C001.0000099.ari', 'A001.xml'];
    expect(frameSequence([...others, ...frames(86, 110).toReversed()])).toEqual({
      pattern: 'A001_C001.%07d.ari',
      start: 86,
      end: 110,
    });
  });

  it('may not have a per cent sign in their names, which would be no place for the number', () => {
    expect(() => frameSequence(frames(1, 2, '100%_', 'dng'))).toThrow('a per cent sign');
  });

  it('may be one frame without a number', () => {
    expect(frameSequence(['frame.dng'])).toBeNull();
  });

  it.each([
    [[...frames(1, 3), ...frames(5, 6)], 'Frame 4 is missing between 1 and 6.'],
    [[...frames(1, 3), ...frames(1, 3, 'B')], 'more than one sequence'],
    [[...frames(1, 3), ...frames(4, 5, 'A001_C001.', 'arx')], 'more than one sequence'],
    [['a.dng', 'b.dng'], 'more than one sequence'],
    [['a.txt'], 'no RAW frames'],
  ])('are refused as %j', (names, sentence) => {
    expect(() => frameSequence(names)).toThrow(sentence);
  });
});

describe('a frame', () => {
  const names = [...frames(86, 110), ...frames(1, 4, 'B002.')];

  it('that is the first stands for its sequence, beside others', () => {
    expect(frameSequence(names, 'A001_C001.0000086.ari')).toMatchObject({ start: 86, end: 110 });
    expect(frameSequence(names, 'B002.0000001.ari')).toMatchObject({ start: 1, end: 4 });
  });

  it('that is not the first is refused', () => {
    expect(() => frameSequence(names, 'A001_C001.0000090.ari')).toThrow(
      'It is frame 90 of a sequence that begins with 86. Name the first frame, or the folder.',
    );
  });

  it.each([
    [['F_8.dng', 'F_9.dng', 'F_10.dng'], 'F_8.dng', 'F_10.dng'],
    [['F_0.dng', 'F_1.dng', 'F_2.DNG'], 'F_0.dng', 'F_2.DNG'],
    [['F_0.dng', 'f_1.dng'], 'F_0.dng', 'f_1.dng'],
  ])('of %j that is named %s is refused because of %s', (fileNames, first, stray) => {
    expect(() => frameSequence(fileNames, first)).toThrow(
      `${stray} beside it differs in the number of digits, or in upper and lower case. Name all frames alike.`,
    );
    expect(() => frameSequence(fileNames)).toThrow('more than one sequence');
  });

  it('has the frames of its kind about it, and a folder all there are', () => {
    const all = ['G_0.dng', 'F_10.dng', 'F_9.DNG', '.F_8.dng', 'F.dng', 'F_7.txt'];
    expect(new FolderFrames(all).of('F_10.dng').names).toEqual(['F_10.dng', 'F_9.DNG']);
    expect(new FolderFrames(all).of().names).toEqual(['F.dng', 'F_10.dng', 'F_9.DNG', 'G_0.dng']);
  });

  it('without a number is a clip of its own', () => {
    const stills = ['still.ari', 'other.ari'];
    expect(frameSequence([...names, ...stills], 'still.ari')).toBeNull();
    expect(new FolderFrames(stills).of('still.ari').names).toEqual(['still.ari']);
  });
});
