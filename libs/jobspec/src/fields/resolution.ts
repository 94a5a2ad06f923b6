import { MAX_SIDE, MIN_SIDE } from '../vocabulary/limits.ts';
import { NAMED_RESOLUTIONS } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import type { FieldOf } from './field.ts';
import { text } from './text.ts';

const SIZE = /^([1-9]\d*)x([1-9]\d*)$/;

export const resolution: FieldOf<string> = {
  since: '2.1',
  presence: 'required',
  rule: text((value, path) => {
    if ((NAMED_RESOLUTIONS as readonly string[]).includes(value)) return undefined;
    const sides = SIZE.exec(value)?.slice(1).map(Number);
    if (!sides) return say.badResolution(path, NAMED_RESOLUTIONS, value);
    const fits = sides.every((side) => side >= MIN_SIDE && side <= MAX_SIDE);
    return fits ? undefined : say.sideOutOfBounds(path, value);
  }),
  schema: {
    type: 'string',
    pattern: `^(?:${NAMED_RESOLUTIONS.join('|')}|[1-9]\\d{1,4}x[1-9]\\d{1,4})$`,
  },
  title: 'Size of the proxies',
  examples: ['half', '1920x1080'],
  description:
    'The source size, a half or a quarter of it, or a box in pixels to fit into without distortion or enlargement; ' +
    `sides of a box are ${MIN_SIDE} to ${MAX_SIDE}, which the runner checks.`,
  shapesNames: true,
};
