import { describe, expect, it } from 'vitest';
import { video } from '../../../testing/clips.ts';
import { displayAspect, outputRaster, sizeName, uprightRaster, type Raster } from './frame-size.ts';

function raster(width: number, height: number, aspect = '1:1', rotationDegrees = 0): Raster {
  const upright = uprightRaster(
    video({ width, height, sampleAspectRatio: aspect, rotationDegrees }),
  );
  if (!upright) throw new Error('no picture');
  return upright;
}

describe('the output size', () => {
  it.each([
    ['1080p at half', raster(1920, 1080), 'half', '960x540'],
    ['1080p at a quarter', raster(1920, 1080), 'quarter', '480x270'],
    ['an odd size', raster(641, 361), 'same', '640x360'],
    ['an odd half', raster(854, 480), 'half', '426x240'],
    ['a box of the same shape', raster(3840, 2160), '1280x720', '1280x720'],
    ['a wide picture in a box', raster(4096, 2160), '1920x1080', '1920x1012'],
    ['a tall picture in a box', raster(1080, 1920), '1280x720', '404x720'],
    ['a phone clip, upright', raster(1920, 1080, '1:1', -90), 'half', '540x960'],
    ['anamorphic at half keeps its pixels', raster(1440, 1080, '4:3'), 'half', '720x540'],
    ['anamorphic in a box becomes square', raster(1440, 1080, '4:3'), '960x540', '960x540'],
    ['anamorphic at its shown size', raster(1440, 1080, '4:3'), '1920x1080', '1920x1080'],
    ['a picture of two pixels', raster(2, 2), 'quarter', '2x2'],
    ['an odd picture in an odd box', raster(321, 181), '101x101', '100x56'],
    ['a tall picture in a square', raster(180, 320), '160x160', '90x160'],
    ['a quarter with an odd line', raster(320, 180), 'quarter', '80x44'],
    ['a few odd pixels', raster(17, 19), 'same', '16x18'],
    ['three pixels by two', raster(3, 2), 'same', '2x2'],
  ])('%s', (_, source, resolution, expected) => {
    expect(sizeName(outputRaster(source, resolution, false, 2).value.size)).toBe(expected);
  });

  it('is never enlarged, and a warning says so', () => {
    const { value, warnings } = outputRaster(raster(640, 360), '1920x1080', false, 2);
    expect(sizeName(value.size)).toBe('640x360');
    expect(warnings).toEqual([
      'The source (640x360) is smaller than the wanted 1920x1080 and is not enlarged.',
    ]);
  });

  it('has whole lines of colour in both fields where that is asked', () => {
    expect(outputRaster(raster(720, 486), 'same', false, 4).value.size.height).toBe(484);
  });

  it('has square pixels where the container keeps no others', () => {
    const { value } = outputRaster(raster(720, 576, '64:45'), 'same', true, 2);
    expect([sizeName(value.size), displayAspect(value)]).toEqual(['1024x576', 16 / 9]);
  });
});

it('a quarter turn swaps sides and the shape of pixels', () => {
  expect(displayAspect(raster(1440, 1080, '4:3', 90))).toBeCloseTo(9 / 16, 10);
});

it('a picture of unknown size has no raster', () => {
  expect(uprightRaster(video({ width: null }))).toBeNull();
});
