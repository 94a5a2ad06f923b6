import { fieldIs, when } from '../schema/json-schema.ts';
import { FPS_MODES, type FpsMode } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { accepted, violation, type FieldOf, type Rule } from './field.ts';
import { oneOf } from './text.ts';

export const fpsMode: FieldOf<FpsMode> = {
  since: '2.1',
  presence: 'optional',
  default: 'same-as-source',
  rule: oneOf(FPS_MODES),
  schema: { enum: FPS_MODES, default: 'same-as-source' },
  title: 'Frame rate mode',
  examples: ['explicit'],
  description: "Whether proxies keep the source's frame rate or get fps_explicit.",
};

/** A rate if and only if `fps_mode` is `explicit`; an `fps_mode` that is itself wrong is not blamed twice. */
const explicitRate: Rule = (value, path, draft) => {
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

export const fpsExplicit: FieldOf<number | null> = {
  since: '2.1',
  presence: 'coupled',
  default: null,
  rule: explicitRate,
  schema: { type: ['number', 'null'], exclusiveMinimum: 0, maximum: Number.MAX_VALUE },
  title: 'Frames per second',
  examples: [25, 23.976],
  description: 'Set it with fps_mode "explicit", and only then.',
  couplings: [
    when(
      fieldIs('fps_mode', 'explicit'),
      { required: ['fps_explicit'], properties: { fps_explicit: { type: 'number' } } },
      { properties: { fps_explicit: { type: 'null' } } },
    ),
  ],
};
