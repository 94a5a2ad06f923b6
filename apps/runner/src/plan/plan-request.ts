import { resolve } from 'node:path';
import {
  CODEC_CONTAINERS,
  JobFailure,
  JOBSPEC_VERSION,
  parseJobSpec,
  type Codec,
  type Container,
} from '@app/jobspec';
import type { Grouping, PlanFlags } from './plan-flags.ts';
import { PlanRefusal } from './plan-refusal.ts';

/** Names that hang on the other clips of the job. */
export const OF_THE_WHOLE = /\{(index|job_id)\}/;

/** Where JobSpecs go. */
export type Target = { how: 'print' } | { how: 'write' | 'submit'; folder: string };

/** What is to be planned. Paths are absolute. */
export interface PlanRequest {
  media: readonly string[];
  output: string;
  kinds: readonly ProxyKind[];
  resolution: string;
  naming: string;
  /** Whether each clip has a JobSpec of its own, or each folder. */
  group: Grouping;
  isFlat: boolean;
  checksHashes: boolean;
  target: Target;
}

/** One codec in its container. */
export interface ProxyKind {
  codec: Codec;
  container: Container;
}

/** @throws PlanRefusal that names every flag that can't be used. */
export function readPlanRequest(media: readonly string[], flags: PlanFlags): PlanRequest {
  const { output, codec: codecs, container, resolution, write, submit } = flags;
  const isNamed = [...media, output, write, submit].every((path) => path !== '');
  if (!isNamed) throw new PlanRefusal('usage', 'A path is empty. Name media, output and folder.');
  if (write !== undefined && submit !== undefined)
    throw new PlanRefusal('usage', '--write and --submit exclude each other. Give one of them.');
  const kinds = [...new Set(codecs)].map((codec) => kindOf(codec, container));
  const usual = sharesContainer(kinds) ? '{source_name}_{codec}' : '{source_name}';
  const naming = flags.naming ?? usual;
  const refusals = kinds.flatMap((kind) => refusalsOf({ ...kind, resolution, naming }));
  if (refusals.length > 0) throw new PlanRefusal('usage', ...new Set(refusals));
  return {
    media: [...new Set(media.map((path) => resolve(path)))],
    output: resolve(output),
    kinds,
    resolution,
    naming,
    group: groupingOf(flags.group, naming),
    isFlat: flags.flat ?? false,
    checksHashes: flags.checkMhl ?? false,
    target: targetOf(write, submit),
  };
}

/** A template that numbers clips, or names them after their job, means those of a folder. */
function groupingOf(given: Grouping | undefined, naming: string): Grouping {
  const isOfFolder = OF_THE_WHOLE.test(naming);
  if (isOfFolder && given === 'clip')
    throw new PlanRefusal(
      'usage',
      '--naming with {index} or {job_id} needs --group folder: they tell the clips of one job apart. Use {source_name} with --group clip.',
    );
  return given ?? (isOfFolder ? 'folder' : 'clip');
}

/** Then names alone can't tell the proxies of one clip apart. */
function sharesContainer(kinds: readonly ProxyKind[]): boolean {
  return new Set(kinds.map(({ container }) => container)).size < kinds.length;
}

/** Without a container, the first one that the contract lists for the codec. */
function kindOf(codec: string, container: string | undefined): ProxyKind {
  const [first = 'mov'] = CODEC_CONTAINERS[codec as Codec] ?? [];
  return { codec: codec as Codec, container: (container ?? first) as Container };
}

function targetOf(write: string | undefined, submit: string | undefined): Target {
  if (submit !== undefined) return { how: 'submit', folder: resolve(submit) };
  return write === undefined ? { how: 'print' } : { how: 'write', folder: resolve(write) };
}

/** The contract says what a codec, a container, a size and a template may be. */
function refusalsOf(given: ProxyKind & { resolution: string; naming: string }): string[] {
  const { naming: naming_template, ...fields } = given;
  if (/\{(date|time)\}/.test(naming_template))
    return ['--naming with {date} or {time} would give other names each time. Leave them out.'];
  const spec = {
    jobspec_version: JOBSPEC_VERSION,
    sources: [resolve('a.mov'), resolve('b.mov')],
    output_directory: resolve('.'),
    ...fields,
    naming_template,
  };
  try {
    parseJobSpec(Buffer.from(JSON.stringify(spec)));
    return [];
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    return error.violations.map(({ message }) => message);
  }
}
