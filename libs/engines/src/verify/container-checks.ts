import { formatTimecode, parseTimecode, startTimecodes } from '../media/index.ts';
import { CONTAINER_RULES } from '../proxy/containers/container-rules.ts';
import { check, differs, type Check } from './check.ts';
import type { OutputFacts } from './output-facts.ts';

export const CONTAINER_CHECKS: readonly Check[] = [
  check({
    name: 'container',
    says: differs('container'),
    expected: ({ container }) => CONTAINER_RULES[container].reads,
    actual: formatOf,
  }),
  check({
    name: 'start_timecode',
    says: differs('start timecode'),
    expected: ({ timecode }) => timecode ?? undefined,
    actual: ({ media, video }) => (video ? asPlanned(startTimecodes(media, video)[0]) : null),
  }),
  check({
    name: 'reel_name',
    says: differs('reel name'),
    expected: ({ reelName }) => reelName ?? undefined,
    actual: ({ media }) =>
      [...media.streams, media].map(({ tags }) => tags['reel_name']).find(Boolean) ?? null,
  }),
];

/** FFmpeg writes three digits for the frame above 100 frames a second. */
function asPlanned(text: string | undefined): string | null {
  const timecode = text === undefined ? null : parseTimecode(text);
  return timecode ? formatTimecode(timecode) : (text ?? null);
}

/** MOV and MP4 share a reader: the file's own brand tells them apart. */
function formatOf({ media }: OutputFacts): string {
  if (!media.formatName.startsWith('mov,')) return media.formatName;
  return media.tags['major_brand']?.trim() === 'qt'
    ? CONTAINER_RULES.mov.reads
    : CONTAINER_RULES.mp4.reads;
}
