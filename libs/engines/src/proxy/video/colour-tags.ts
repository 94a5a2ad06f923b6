import type { Codec, Container } from '@app/jobspec';
import type { TagName } from '../../media/index.ts';
import { CODEC_RULES } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import type { ColourPlan, Ruling } from '../plan/proxy-plan.ts';

export type ColourTags = Pick<ColourPlan, TagName>;

/** The tags that reach a file of this codec and container; what can't is named. */
export function carriedTags(
  codec: Codec,
  container: Container,
  wanted: ColourTags,
): Ruling<ColourTags> {
  const entries = (Object.keys(wanted) as TagName[]).map((name) => {
    const tag = wanted[name];
    return [name, tag !== null && holds(codec, container, name, tag) ? tag : null] as const;
  });
  const value = Object.fromEntries(entries) as unknown as ColourTags;
  const takesPart = CONTAINER_RULES[container].partialColourTags || CODEC_RULES[codec].saysColour;
  if (!takesPart && isPartial(value)) {
    return {
      value: { primaries: null, transfer: null, matrix: null },
      warnings: [
        `The colour tags ${names(wanted)} are lost: in ${container.toUpperCase()}, FFmpeg writes all three tags or none.`,
      ],
    };
  }
  const lost = entries.flatMap(([name, tag]) => (wanted[name] !== tag ? [wanted[name]] : []));
  return {
    value,
    warnings: lost.map(
      (tag) => `The colour tag ${tag} is lost: ${holder(codec, container)} has none for it.`,
    ),
  };
}

function holds(codec: Codec, container: Container, name: TagName, tag: string): boolean {
  const labels = CONTAINER_RULES[container].colourTags;
  if (labels !== null) return labels[name].includes(tag);
  const { matrices } = CODEC_RULES[codec];
  return name !== 'matrix' || matrices === null || matrices.includes(tag);
}

function holder(codec: Codec, container: Container): string {
  return CONTAINER_RULES[container].colourTags === null ? codec : container.toUpperCase();
}

function isPartial(tags: ColourTags): boolean {
  const present = Object.values(tags).filter((tag) => tag !== null).length;
  return present > 0 && present < 3;
}

function names(tags: ColourTags): string {
  return Object.values(tags)
    .filter((tag) => tag !== null)
    .join(', ');
}
