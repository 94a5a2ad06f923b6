import { execa } from 'execa';
import type { Container } from '@app/jobspec';
import { probeJson, type ProbeJson } from '../proxy/support.ts';

/** A proxy as ffprobe and MediaInfo report it, read without the product's code. */
export interface ProxyFacts {
  size: [number, number];
  aspect: number;
  rate: string;
  frames: number;
  timecode: string | undefined;
  reel: string | undefined;
  channels: number[];
  languages: (string | undefined)[];
  audioSeconds: number[];
  colour: [string, string, string];
  fullRange: boolean;
  fields: string;
  hdr: boolean;
  pixelFormat: string;
}

export async function readProxy(path: string): Promise<ProxyFacts> {
  const { format, streams } = await probeJson(path);
  const video = streams.find((stream) => stream['codec_type'] === 'video') ?? {};
  const audio = streams.filter((stream) => stream['codec_type'] === 'audio');
  const [width, height] = [Number(video['width']), Number(video['height'])];
  const [sarWidth = 1, sarHeight = 1] = text(video, 'sample_aspect_ratio', '1:1')
    .split(':')
    .map(Number);
  return {
    size: [width, height],
    aspect: (width * sarWidth) / (height * sarHeight),
    rate: text(video, 'r_frame_rate', ''),
    frames: Number(video['nb_read_packets']),
    timecode: tag([...streams, format], 'timecode'),
    reel: tag([...streams, format], 'reel_name'),
    channels: audio.map((stream) => Number(stream['channels'])),
    languages: audio.map((stream) => tag([stream], 'language')),
    audioSeconds: audio.map((stream) => seconds(stream)),
    colour: [
      text(video, 'color_primaries', 'unknown'),
      text(video, 'color_transfer', 'unknown'),
      text(video, 'color_space', 'unknown'),
    ],
    fullRange: video['color_range'] === 'pc',
    fields: text(video, 'field_order', 'unknown'),
    hdr: JSON.stringify(video['side_data_list'] ?? []).includes('Mastering display'),
    pixelFormat: text(video, 'pix_fmt', ''),
  };
}

/** Video and audio by MediaInfo, a reader that shares no code with FFmpeg; `null` if it isn't installed. */
export async function readByMediaInfo(
  path: string,
  container: Container,
): Promise<{ frames: number | null; audioTracks: number; timecode: string | null } | null> {
  const run = await execa('mediainfo', ['--Output=JSON', path], { reject: false });
  if (run.exitCode !== 0) return null;
  const { media } = JSON.parse(run.stdout) as { media: { track: Record<string, string>[] } };
  const video = media.track.find((track) => track['@type'] === 'Video');
  const other = media.track.find((track) => track['Type'] === 'Time code');
  const frames = video?.['FrameCount'];
  return {
    frames: frames === undefined || container === 'webm' ? null : Number(frames),
    audioTracks: media.track.filter((track) => track['@type'] === 'Audio').length,
    timecode: other?.['TimeCode_FirstFrame'] ?? null,
  };
}

type Holder = ProbeJson['streams'][number];

function tag(holders: { tags?: Record<string, string> }[], key: string): string | undefined {
  return holders
    .flatMap(({ tags }) => Object.entries(tags ?? {}))
    .find(([name]) => name.toLowerCase() === key)?.[1];
}

function text(holder: Holder, key: string, otherwise: string): string {
  return String(holder[key] ?? otherwise);
}

function seconds(stream: Holder): number {
  const clock = /^(\d+):(\d+):([\d.]+)$/.exec(tag([stream], 'duration') ?? '');
  if (!clock) return Number(stream['duration']);
  return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
}
