import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts';
import { sourceContainer } from './source-containers.ts';

/** Tracks that are named, and of which nothing tells channels or sample rate. */
export function formlessTracks({ streams }: MediaInfo): AudioStream[] {
  return streams.filter(
    (stream): stream is AudioStream =>
      stream.kind === 'audio' && stream.codecName !== null && !hasForm(stream),
  );
}

/**
 * Whether streams may begin later than ffprobe has read: it knows those of most containers without their form, and those of a program
 * stream not at all. Of a codec that it doesn't know it finds no form.
 */
export function mayBeginLate(media: MediaInfo): boolean {
  const lacksVideo = media.streams.some(
    (stream) => stream.kind === 'video' && stream.codecName !== null && !hasPicture(stream),
  );
  return (
    lacksVideo ||
    formlessTracks(media).length > 0 ||
    !sourceContainer(media.formatName).listsStreams
  );
}

/** What was found by reading farther, if that is more. */
export function fullerOf(first: MediaInfo, deeper: MediaInfo): MediaInfo {
  return knownStreams(deeper) > knownStreams(first) ? { ...deeper, isProbedDeeper: true } : first;
}

function knownStreams({ streams }: MediaInfo): number {
  return streams.filter((stream) =>
    stream.kind === 'audio' ? hasForm(stream) : stream.kind !== 'video' || hasPicture(stream),
  ).length;
}

function hasPicture({ width, pixelFormat }: VideoStream): boolean {
  return width !== null && pixelFormat !== null;
}

function hasForm({ channels, sampleRate }: AudioStream): boolean {
  return channels !== null && sampleRate !== null;
}
