import { expect, it } from 'vitest';
import { otherNameWarnings } from './route-source.ts';

it.each([
  ['/media/A.MOV', 'mov,mp4,m4a,3gp,3g2,mj2'],
  ['/media/a.mts', 'mpegts'],
  ['/media/a.unknown', 'mpegts'],
  ['/media/a', 'mov'],
])('%s that is %s is as it is called', (path, format) => {
  expect(otherNameWarnings(path, format)).toEqual([]);
});

it.each([
  ['/media/a.mov', 'dv', 'is called .mov and is bare DV inside'],
  ['/media/a.mpg', 'mpegts', 'is called .mpg and is a transport stream inside'],
])('%s that is %s', (path, format, said) => {
  expect(otherNameWarnings(path, format)).toEqual([expect.stringContaining(said)]);
});
