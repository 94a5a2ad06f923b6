import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MadeClip } from './collected-clips.ts';

/** Media keys of a clip. Readers that support only one use the original. */
const ORIGINAL = 'DEFAULT_MEDIA';
const PROXY = 'proxy';

/** Returns clips in sequence for OpenTimelineIO 0.15 and newer, each with its original and its proxy. */
export function otioOf(clips: readonly MadeClip[]): string {
  const track = object('Track.1', 'Proxies', { kind: 'Video', children: clips.flatMap(clipOf) });
  const tracks = object('Stack.1', 'tracks', { children: [track] });
  return `${JSON.stringify(object('Timeline.1', 'Proxies', { tracks }), null, 2)}\n`;
}

/** Empty for a clip whose result lacks rate, length or timecode. */
function clipOf({ source, proxy, reel, ...made }: MadeClip): object[] {
  const { fps, length, exact, start: timecode } = made;
  if (fps === null || length === null || exact === null) return [];
  const time = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', rate: fps, value });
  const range = {
    OTIO_SCHEMA: 'TimeRange.1',
    start_time: time(exact.first),
    duration: time(length),
  };
  const media = (path: string) =>
    object('ExternalReference.1', basename(path), {
      available_range: range,
      target_url: pathToFileURL(path).href,
    });
  // OpenTimelineIO's times don't record drop-frame counting.
  const facts = { timecode, drop_frame: exact.isDropFrame, reel };
  const clip = object('Clip.2', basename(source, extname(source)), {
    metadata: { 'watch-folder-runner': facts },
    source_range: range,
    media_references: { [ORIGINAL]: media(source), [PROXY]: media(proxy) },
    active_media_reference_key: ORIGINAL,
  });
  return [clip];
}

/** Omitted fields take OpenTimelineIO's defaults. */
function object(OTIO_SCHEMA: string, name: string, fields: object) {
  return { OTIO_SCHEMA, name, ...fields };
}
