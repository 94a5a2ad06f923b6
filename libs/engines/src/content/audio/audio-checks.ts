import type { ContentCheck, VerificationCheck } from '@app/jobspec';
import { type AudioStream, type MediaInfo, rationalToNumber, isPcm } from '../../media/index.ts';
import { CONTAINER_RULES } from '../../proxy/containers/container-rules.ts';
import type { AudioPlan, ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { deepChannel } from '../../proxy/audio/audio-encoding.ts';
import { placeOf } from '../measure/place.ts';
import { codedDifferences } from './coded-audio.ts';
import { SOUND_LIMITS as LIMITS } from './sound-limits.ts';
import { startLag } from './start-lag.ts';
import {
  yieldToEventLoop,
  secondsOfBlock,
  type AudioFacts,
  type AudioFault,
  type AudioForm,
} from './audio-trace.ts';

/** Facts of a track, from the encoding pass and from the finished proxy. */
export interface TrackFacts {
  source: AudioFacts;
  proxy: AudioFacts;
  /** First samples of the source from the proxy's zero on. Read with other arguments than the encoder's, unless the track is unbroken. */
  start: Float32Array;
  /** Seconds from the proxy's first frame to its first audio sample. */
  proxyDelay: number;
}

const SAME = 'as its source';
const { softer_decibels, louder_decibels, level_decibels, longer_seconds } = LIMITS;
const TOLERANCE = { softer_decibels, louder_decibels, level_decibels, longer_seconds };

export function audioForm({ encoder, channels, sampleRate }: AudioPlan): AudioForm {
  const depth = encoder === 'pcm_s24le' ? 24 : 16;
  return { channels, sampleRate, depth, isCoded: !isPcm(encoder) };
}

/** Checks of a proxy's audio, with one entry per track; none for a proxy without audio. */
export async function audioChecks(
  plan: Pick<ProxyPlan, 'audio' | 'container' | 'video' | 'timecode'>,
  source: MediaInfo,
  tracks: readonly TrackFacts[],
): Promise<VerificationCheck<ContentCheck>[]> {
  if (plan.audio.length === 0) return [];
  const { rate } = plan.video.timing;
  const frames = rationalToNumber(rate);
  const { endsTogether } = CONTAINER_RULES[plan.container];
  const looseEnd = endsTogether ? LIMITS.loose_frames / frames : null;
  const found = [];
  for (const [position, track] of plan.audio.entries()) {
    const { source: given, proxy } = tracks[position] as TrackFacts;
    const form = audioForm(track);
    const { fault, ...off } = form.isCoded
      ? await codedDifferences(given, proxy, form, deepChannelOf(track, source))
      : { fault: exactFault(given, proxy, form, looseEnd) };
    const place = fault && placeOf(Math.floor(fault.seconds * frames), plan.timecode, rate);
    found.push({ ...off, ...fault, ...place });
  }
  return [
    await startCheck(plan.audio, tracks),
    {
      check: 'sound',
      expected: plan.audio.map(() => SAME),
      actual: found.map((track) => (Object.keys(track).length === 0 ? SAME : track)),
      ...(plan.audio.some((track) => audioForm(track).isCoded) && { tolerance: TOLERANCE }),
      passed: found.every(({ fault }) => fault === undefined),
    },
  ];
}

/** Milliseconds by which the first audible sound of each track is late; `null` if it can't be located. */
async function startCheck(
  audio: readonly AudioPlan[],
  tracks: readonly TrackFacts[],
): Promise<VerificationCheck<ContentCheck>> {
  const late: (number | null)[] = [];
  for (const [position, track] of audio.entries()) {
    await yieldToEventLoop();
    const { start, proxy, proxyDelay } = tracks[position] as TrackFacts;
    const form = audioForm(track);
    const seconds = startLag(start, proxy.start, form, Math.round(proxyDelay * form.sampleRate));
    late.push(seconds === null ? null : Math.round(seconds * 1e4) / 10);
  }
  return {
    check: 'sound_start_off_ms',
    expected: audio.map(() => 0),
    actual: late,
    tolerance: 1000 * LIMITS.start_seconds,
    passed: late.every((milliseconds) => (milliseconds ?? 0) === 0),
  };
}

/** Index of the LFE channel, of which AAC keeps low frequencies only; `null` for other encoders. */
function deepChannelOf(
  { streamIndex, layout, encoder }: AudioPlan,
  source: MediaInfo,
): number | null {
  const track = source.streams.find(
    (stream): stream is AudioStream => stream.kind === 'audio' && stream.index === streamIndex,
  );
  return encoder !== 'aac' ? null : deepChannel(layout ?? track?.channelLayout ?? '');
}

/**
 * Compares a track whose samples are kept, block by block; returns `null` if all are the same.
 *
 * @param looseEnd seconds at the end that the container may fill or cut to the video's length; `null` if it keeps every sample.
 */
function exactFault(
  source: AudioFacts,
  proxy: AudioFacts,
  form: AudioForm,
  looseEnd: number | null,
): AudioFault | null {
  const common = Math.min(source.samples, proxy.samples);
  const end = common / form.sampleRate - (looseEnd ?? 0);
  const isWhole = source.samples === proxy.samples;
  const blocks = Math.min(source.hashes.length, proxy.hashes.length);
  for (let block = 0; block < blocks; block++) {
    const isComplete = looseEnd === null && isWhole;
    if (!isComplete && secondsOfBlock(block + 1, form) > end) break;
    if (source.hashes[block] !== proxy.hashes[block])
      return { fault: 'its samples differ', seconds: secondsOfBlock(block, form) };
  }
  if (isWhole || looseEnd !== null) return null;
  const fault = `it has ${proxy.samples} samples instead of ${source.samples}`;
  return { fault, seconds: common / form.sampleRate };
}
