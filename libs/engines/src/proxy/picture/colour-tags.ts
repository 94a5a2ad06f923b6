import type { Codec, Container } from '@app/jobspec';
import type { ColourPlan, Ruling } from '../plan/proxy-plan.ts';

export type ColourTags = Pick<ColourPlan, 'primaries' | 'transfer' | 'matrix'>;
type TagName = keyof ColourTags;

/** Tags that MXF has a label for, by FFmpeg's names and measured with 7.1.5. */
const MXF_TAGS: Record<TagName, readonly string[]> = {
  primaries: ['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte428', 'smpte431', 'smpte432'],
  transfer: ['bt709', 'smpte170m', 'bt470m', 'smpte2084', 'arib-std-b67', 'linear'],
  matrix: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
};
const VP9_MATRICES = new Set(['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc']);

/** Names for one and the same thing: BT.601 has a matrix for both line counts, and its curve is that of BT.709. */
const SYNONYMS: Record<string, string> = {
  smpte170m: 'bt601',
  bt470bg: 'bt601',
};
const CURVE_SYNONYMS: Record<string, string> = {
  smpte170m: 'bt709',
  'bt2020-10': 'bt709',
  'bt2020-12': 'bt709',
};

/** The tags that reach a file of this codec and container; what can't is named. */
export function carriedTags(
  codec: Codec,
  container: Container,
  wanted: ColourTags,
): Ruling<ColourTags> {
  if (container === 'mov' && !codec.startsWith('h') && isPartial(wanted)) {
    return {
      value: { primaries: null, transfer: null, matrix: null },
      warnings: [
        `The colour tags ${names(wanted)} are lost: in MOV, FFmpeg writes all three tags or none.`,
      ],
    };
  }
  const entries = (Object.keys(wanted) as TagName[]).map((name) => {
    const tag = wanted[name];
    return [name, tag !== null && holds(codec, container, name, tag) ? tag : null] as const;
  });
  const value = Object.fromEntries(entries) as unknown as ColourTags;
  const lost = entries.flatMap(([name, tag]) => (wanted[name] !== tag ? [wanted[name]] : []));
  return {
    value,
    warnings: lost.map(
      (tag) => `The colour tag ${tag} is lost: ${holder(codec, container)} has none for it.`,
    ),
  };
}

/** Whether two tags say the same. */
export function sameTag(name: TagName, a: string, b: string): boolean {
  const synonyms = name === 'transfer' ? CURVE_SYNONYMS : name === 'matrix' ? SYNONYMS : {};
  return (synonyms[a] ?? a) === (synonyms[b] ?? b);
}

function holds(codec: Codec, container: Container, name: TagName, tag: string): boolean {
  if (container === 'mxf') return MXF_TAGS[name].includes(tag);
  if (codec === 'vp9' && name === 'matrix') return VP9_MATRICES.has(tag);
  return true;
}

function holder(codec: Codec, container: Container): string {
  return container === 'mxf' ? 'MXF' : codec;
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
