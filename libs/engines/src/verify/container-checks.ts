import type { Container } from '@app/jobspec';
import { startTimecodes } from '../proxy/time/timecode.ts';
import { check, type Check } from './check.ts';
import type { OutputFacts } from './output-facts.ts';

const FORMATS: Record<Container, string> = {
  mov: 'mov (qt)',
  mp4: 'mp4 (isom)',
  mkv: 'matroska,webm',
  webm: 'matroska,webm',
  mxf: 'mxf',
};

export const CONTAINER_CHECKS: readonly Check[] = [
  check({
    name: 'container',
    expected: ({ container }) => FORMATS[container],
    actual: formatOf,
  }),
  check({
    name: 'start_timecode',
    expected: ({ timecode }) => timecode ?? undefined,
    actual: ({ media, video }) => (video ? (startTimecodes(media, video)[0] ?? null) : null),
  }),
  check({
    name: 'reel_name',
    expected: ({ reelName }) => reelName ?? undefined,
    actual: ({ media }) =>
      [...media.streams, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null,
  }),
];

/** MOV and MP4 share a reader: the file's own brand tells them apart. */
function formatOf({ media }: OutputFacts): string {
  if (!media.formatName.startsWith('mov,')) return media.formatName;
  return media.tags['major_brand']?.trim() === 'qt' ? FORMATS.mov : FORMATS.mp4;
}
