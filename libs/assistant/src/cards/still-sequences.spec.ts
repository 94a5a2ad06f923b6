import { describe, expect, it } from 'vitest';
import { stillSequences } from './still-sequences.ts';

const frames = (prefix: string, from: number, to: number, extension: string) =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `${prefix}${String(from + index).padStart(4, '0')}${extension}`,
  );

describe('numbered images', () => {
  it.each(['.dpx', '.EXR', '.tif', '.tiff', '.png', '.cin', '.tga', '.jp2'])(
    'are frames of a sequence: %s',
    (extension) => {
      const names = frames('shot.', 1001, 1003, extension);
      const [sequence] = stillSequences(['a.png', ...names]);
      expect(sequence).toEqual({ name: `shot.[1001-1003]${extension}`, names });
    },
  );

  it('are told apart by what is before the number, how many digits it has, and the extension', () => {
    const all = [
      ...frames('A_', 1, 3, '.dpx'),
      ...frames('B_', 1, 4, '.dpx'),
      ...frames('', 1, 3, '.exr'),
      'B_1.dpx',
      'B_2.dpx',
    ];
    expect(stillSequences(all).map(({ name }) => name)).toEqual([
      'A_[0001-0003].dpx',
      'B_[0001-0004].dpx',
      '[0001-0003].exr',
    ]);
  });

  it('may have gaps, and begin anywhere', () => {
    const [sequence] = stillSequences(['x_0007.dpx', 'x_0005.dpx', 'x_0099.dpx']);
    expect(sequence?.name).toBe('x_[0005-0099].dpx');
    expect(sequence?.names).toHaveLength(3);
  });

  it.each([
    ['two of them', ['a_1.dpx', 'a_2.dpx']],
    ['photos', frames('DSC_', 1, 9, '.JPG')],
    ['images without numbers', ['a.png', 'b.png', 'c.png']],
  ])('are none: %s', (_, names) => expect(stillSequences(names)).toEqual([]));
});
