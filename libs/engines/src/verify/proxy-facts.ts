import type { ClipFacts, HeaderCheck } from '@app/jobspec';
import { CHECKS } from './verify-output.ts';
import type { OutputFacts } from './output-facts.ts';
import type { ProxyExpectation } from './proxy-expectation.ts';

/** What an engine knows of a clip as data. */
export type ProxyFacts = Omit<ClipFacts, 'requested' | 'cause'>;

/** Of a clip of which nothing is known. */
export const NO_FACTS: ProxyFacts = {
  frames: { source: null, made: null, repeated: null, dropped: null },
  timecode: null,
  reel: null,
  video_codec: null,
  size: null,
  frame_rate: null,
  field_order: null,
  audio_channels: null,
  duration_seconds: null,
};

/** Of a clip whose proxy nobody has looked at. */
export function plannedFacts({ timecode, source, declared }: ProxyExpectation): ProxyFacts {
  const frames = { ...NO_FACTS.frames, source: declared.frames };
  return { ...NO_FACTS, frames, timecode, reel: source.reel, ...ofSource(source) };
}

/** Of a clip by its proxy, as checks read it. */
export function proxyFacts(plan: ProxyExpectation, output: OutputFacts): ProxyFacts {
  const { video, tracks, frames, counts } = output;
  const { duplicatedFrames: repeated, droppedFrames: dropped } = counts;
  const read = (name: HeaderCheck) => {
    const value = CHECKS.find((check) => check.name === name)?.actual(output, plan) ?? null;
    return value as never;
  };
  return {
    frames: { source: read('frame_count'), made: frames, repeated, dropped },
    timecode: read('start_timecode'),
    reel: plan.source.reel ?? read('reel_name'),
    video_codec: video?.codecName ?? null,
    size: read('size'),
    frame_rate: read('frame_rate'),
    field_order: read('field_order'),
    audio_channels: tracks.map(({ channels }) => channels ?? 0),
    duration_seconds: read('duration_seconds'),
    ...ofSource(plan.source),
  };
}

function ofSource({ size, sampleRate }: ProxyExpectation['source']) {
  return {
    ...(size !== null && { source_size: size }),
    ...(sampleRate !== null && { source_sample_rate: sampleRate }),
  };
}
