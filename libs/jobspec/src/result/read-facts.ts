import { amount, count, filled, isObject, list, type JsonObject } from '../json/narrow.ts';
import type { Cause, CauseArgument, ClipFacts, RequestedProxy } from './facts.ts';
import { lookKeys } from './look-keys.ts';

/** The facts of a clip. What isn't there, or is of the wrong kind, is `null`. */
export function readFacts(value: unknown): ClipFacts {
  const facts = isObject(value) ? value : {};
  const frames = isObject(facts['frames']) ? facts['frames'] : {};
  const channels = facts['audio_channels'];
  const size = filled(facts['source_size']);
  const rate = count(facts['source_sample_rate']);
  return {
    requested: readRequested(facts['requested']),
    frames: {
      source: count(frames['source']),
      made: count(frames['made']),
      repeated: count(frames['repeated']),
      dropped: count(frames['dropped']),
    },
    timecode: filled(facts['timecode']),
    reel: filled(facts['reel']),
    video_codec: filled(facts['video_codec']),
    size: filled(facts['size']),
    frame_rate: filled(facts['frame_rate']),
    field_order: filled(facts['field_order']),
    audio_channels: Array.isArray(channels) ? channels.map((one) => count(one) ?? 0) : null,
    duration_seconds: amount(facts['duration_seconds']),
    ...(size !== null && { source_size: size }),
    ...(rate !== null && { source_sample_rate: rate }),
    cause: readCause(facts['cause']),
    ...(typeof facts['proved'] === 'boolean' && { proved: facts['proved'] }),
  };
}

/** What a JobSpec, a result's metadata or its facts say that proxies are asked for; `null` where that is not told. */
export function readRequested(value: unknown): RequestedProxy | null {
  if (!isObject(value)) return null;
  const codec = filled(value['codec']);
  const container = filled(value['container']);
  if (codec === null || container === null) return null;
  return {
    codec,
    container,
    resolution: filled(value['resolution']),
    fps: amount(value['fps'] ?? value['fps_explicit']),
    looks: readLooks(value),
  };
}

function readLooks({ looks, viewing }: JsonObject): readonly string[] {
  if (!Array.isArray(looks)) return lookKeys(viewing);
  return looks.filter((key) => typeof key === 'string');
}

/** Why a job or a clip failed; `null` where that is not told. */
export function readCause(value: unknown): Cause | null {
  if (!isObject(value)) return null;
  const code = filled(value['code']);
  if (code === null) return null;
  const source_index = count(value['source_index']);
  const advice = filled(value['advice']);
  const { retryable } = value;
  return {
    code,
    arguments: argumentsOf(value['arguments']),
    ...(source_index !== null && { source_index }),
    ...(typeof retryable === 'boolean' && { retryable }),
    ...(advice !== null && { advice }),
  };
}

function argumentsOf(value: unknown): Cause['arguments'] {
  const entries = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, CauseArgument] => isArgument(entry[1])),
  );
}

function isArgument(value: unknown): value is CauseArgument {
  if (Array.isArray(value)) return list(value).every((one) => typeof one === 'string');
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
