import type { ReadClip } from '@app/jobspec/result';
import { expect, it } from 'vitest';
import { playableOf } from './playable.ts';

const JOB = { folder: 'f', state: 'completed', name: 'a.json' } as const;

function played(video_codec: string, path = '/proxies/a.mov', roots = ['/proxies']) {
  const clip = { status: 'COMPLETED', resolved_output_path: path, facts: { video_codec } };
  return playableOf(roots, JOB, 2, clip as ReadClip);
}

it.each([
  ['prores', /^No browser plays ProRes/u],
  ['prores_proxy', /^No browser plays ProRes/u],
  ['prores_4444', /^No browser plays ProRes/u],
  ['dnxhd', /^No browser plays DNxHD and DNxHR/u],
])('%s is not played, and that is said', (codec, note) => {
  expect(played(codec)).toEqual({ src: null, note: expect.stringMatching(note) });
});

it.each([
  ['h264', null],
  ['hevc', 'Not every browser plays HEVC.'],
  ['av1', null],
])('%s is played', (codec, note) => {
  expect(played(codec)).toEqual({ src: '/media/f/completed/a.json/2', note });
});

it.each([
  ['/proxies/a.mxf', /MP4 and MOV files only/u],
  ['/proxies/a.MP4', /^none$/u],
  ['/elsewhere/a.mov', /--media-root/u],
  ['/proxies/../a.mov', /--media-root/u],
])('of %s it is said: %s', (path, note) => {
  expect(played('h264', path)?.note ?? 'none').toMatch(note);
});

it('nobody is offered what is not there, nor without a root', () => {
  expect(played('h264', '')).toBeNull();
  expect(played('h264', '/proxies/a.mov', [])).toBeNull();
});
