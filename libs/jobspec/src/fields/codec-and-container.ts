import { fieldIs, when, type Schema } from '../schema/json-schema.ts';
import { CODEC_CONTAINERS, CODECS, CONTAINERS } from '../vocabulary/vocabulary.ts';
import type { Codec, Container } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import { accepted, violation, type FieldOf, type Rule } from './field.ts';
import { oneOf } from './text.ts';

export const codec: FieldOf<Codec> = {
  since: '2.1',
  presence: 'required',
  rule: oneOf(CODECS),
  schema: { enum: CODECS },
  title: 'Codec',
  description: 'The codec of every proxy of the job.',
  examples: ['prores_proxy', 'h264'],
  shapesNames: true,
};

/** A known container, and one that the codec may be put into. */
const allowedContainer: Rule = (value, path, draft) => {
  if (!CONTAINERS.some((container) => container === value) || !isCodec(draft.codec))
    return oneOf(CONTAINERS)(value, path, draft);
  const allowed: readonly string[] = CODEC_CONTAINERS[draft.codec];
  return allowed.includes(String(value))
    ? accepted
    : violation(path, say.wrongContainer(path, draft.codec, allowed, value));
};

const isCodec = (value: unknown): value is Codec =>
  typeof value === 'string' && Object.hasOwn(CODEC_CONTAINERS, value);

/** One rule for each set of codecs that share their containers. */
function containersOfCodecs(): Schema[] {
  const lists = new Set(Object.values(CODEC_CONTAINERS).map((containers) => containers.join()));
  return [...lists].map((list) => {
    const codecs = CODECS.filter((codec) => CODEC_CONTAINERS[codec].join() === list);
    return when(fieldIs('codec', ...codecs), {
      properties: { container: { enum: list.split(',') } },
    });
  });
}

export const container: FieldOf<Container> = {
  since: '2.1',
  presence: 'required',
  rule: allowedContainer,
  schema: { enum: CONTAINERS },
  title: 'Container',
  description: 'File format and extension; the codec decides which are allowed.',
  examples: ['mov', 'mp4'],
  shapesNames: true,
  couplings: containersOfCodecs(),
};
