import type {
  AudioStream,
  MediaInfo,
  OtherStream,
  VideoStream,
  PacketFacts,
} from '../src/media/media-info.ts';
import type { ProxyRequest } from '../src/proxy/plan/proxy-plan.ts';

const STREAM = {
  codecTag: '[0][0][0][0]',
  profile: null,
  startSeconds: 0,
  durationSeconds: 10,
  declaredFrames: null,
  tickSeconds: 1 / 90_000,
  packets: null,
  tags: {},
  isAttachedPicture: false,
};

/** Facts of a complete packet scan: consecutive packets on the clock of these clips. */
export function packetsOf(count: number, ticks = 3600): PacketFacts {
  const times = Array.from({ length: count }, (_, number) => number * ticks);
  const sizes = times.map(() => 1000);
  return { count, shown: count, times, firstKey: 0, first: 0, end: count * ticks, sizes };
}

/** Ten seconds of 1080p25 H.264, overridden by `facts`. */
export function video(facts: Partial<VideoStream> = {}): VideoStream {
  return {
    ...STREAM,
    index: 0,
    kind: 'video',
    codecName: 'h264',
    width: 1920,
    height: 1080,
    pixelFormat: 'yuv420p',
    sampleAspectRatio: '1:1',
    frameRate: '25/1',
    averageFrameRate: '25/1',
    head: null,
    reorderedFrames: 0,
    fieldOrder: 'progressive',
    colorRange: null,
    colorPrimaries: null,
    colorTransfer: null,
    colorMatrix: null,
    rotationDegrees: 0,
    sideData: [],
    declaredFrames: 250,
    ...facts,
  };
}

/** Ten seconds of stereo PCM at 48 kHz. */
export function audio(facts: Partial<AudioStream> = {}): AudioStream {
  return {
    ...STREAM,
    index: 1,
    kind: 'audio',
    codecName: 'pcm_s16le',
    sampleRate: 48_000,
    channels: 2,
    channelLayout: 'stereo',
    dispositions: ['default'],
    ...facts,
  };
}

export function dataTrack(facts: Partial<OtherStream> = {}): OtherStream {
  const track = { index: 2, kind: 'data', codecName: null, codecTag: 'tmcd' } as const;
  return { ...STREAM, ...track, countRate: null, ...facts };
}

/** A MOV file of these streams. */
export function media(streams: MediaInfo['streams'], facts: Partial<MediaInfo> = {}): MediaInfo {
  return {
    formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
    startSeconds: null,
    durationSeconds: 10,
    tags: {},
    streams,
    programs: [],
    ...facts,
  };
}

export function proxyRequest(facts: Partial<ProxyRequest> = {}): ProxyRequest {
  return { codec: 'h264', container: 'mov', resolution: 'same', explicitFps: null, ...facts };
}
