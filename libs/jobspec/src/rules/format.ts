import { MAX_SIDE, MIN_SIDE } from '../limits.ts';
import * as say from '../messages.ts';
import { CODEC_CONTAINERS, CONTAINERS, NAMED_RESOLUTIONS, type Codec } from '../vocabulary.ts';
import { accepted, violation, type Rule } from './rule.ts';
import { oneOf, text } from './text.ts';

/** A known container, and one that the codec may be put into. */
export const container: Rule = (value, path, draft) => {
  const unknown = oneOf(CONTAINERS)(value, path, draft);
  if (unknown.length > 0 || !isCodec(draft.codec)) return unknown;
  const allowed: readonly string[] = CODEC_CONTAINERS[draft.codec];
  return allowed.includes(String(value))
    ? accepted
    : violation(path, say.wrongContainer(path, draft.codec, allowed, value));
};

export const SIZE = /^([1-9]\d*)x([1-9]\d*)$/;

export const resolution: Rule = text((value, path) => {
  if ((NAMED_RESOLUTIONS as readonly string[]).includes(value)) return undefined;
  const sides = SIZE.exec(value)?.slice(1).map(Number);
  if (!sides) return say.badResolution(path, NAMED_RESOLUTIONS, value);
  const fits = sides.every((side) => side >= MIN_SIDE && side <= MAX_SIDE);
  return fits ? undefined : say.sideOutOfBounds(path, value);
});

/** A rate if and only if `fps_mode` is `explicit`; an `fps_mode` that is itself wrong is not blamed twice. */
export const explicitFps: Rule = (value, path, draft) => {
  const absent = value === undefined || value === null;
  if (absent)
    return draft.fps_mode === 'explicit' ? violation(path, say.fpsMissing(path)) : accepted;
  if (typeof value !== 'number' || !(value > 0 && Number.isFinite(value))) {
    return violation(path, say.badFps(path, value));
  }
  return draft.fps_mode === undefined || draft.fps_mode === 'same-as-source'
    ? violation(path, say.fpsWithoutMode(path))
    : accepted;
};

const isCodec = (value: unknown): value is Codec =>
  typeof value === 'string' && Object.hasOwn(CODEC_CONTAINERS, value);
