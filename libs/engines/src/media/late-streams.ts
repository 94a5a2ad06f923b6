import type { AudioStream, MediaInfo } from './media-info.ts';
import { sourceContainer } from './source-containers.ts';

/** Tracks that are named, and of which nothing tells channels or sample rate. */
export function formlessTracks({ streams }: MediaInfo): AudioStream[] {
  return streams.filter(
    (stream): stream is AudioStream =>
      stream.kind === 'audio' && stream.codecName !== null && !hasForm(stream),
  );
}

/**
 * Whether streams may begin later than ffprobe has read: it knows those of a transport stream without their form, and those of a program
 * stream not at all.
 */
export function mayBeginLate(media: MediaInfo): boolean {
  const { promises, listsStreams } = sourceContainer(media.formatName);
  const lacksVideo = media.streams.some(
    (stream) => stream.kind === 'video' && (stream.width === null || stream.pixelFormat === null),
  );
  return (
    promises.duration === null && (!listsStreams || lacksVideo || formlessTracks(media).length > 0)
  );
}

/** What was found by reading farther, if that is more. */
export function fullerOf(first: MediaInfo, deeper: MediaInfo): MediaInfo {
  return knownStreams(deeper) > knownStreams(first) ? { ...deeper, isProbedDeeper: true } : first;
}

function knownStreams({ streams }: MediaInfo): number {
  return streams.filter((stream) =>
    stream.kind === 'audio' ? hasForm(stream) : stream.kind !== 'video' || stream.width !== null,
  ).length;
}

function hasForm({ channels, sampleRate }: AudioStream): boolean {
  return channels !== null && sampleRate !== null;
}
