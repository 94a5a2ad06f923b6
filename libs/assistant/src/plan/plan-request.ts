import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import {
  CODEC_CONTAINERS,
  JobFailure,
  JOBSPEC_VERSION,
  parseJobSpec,
  VIEWING_VERSION,
  type Codec,
  type Container,
  type JobBurnIn,
} from '@app/jobspec';
import { misuse } from '../refusal/refusal.ts';
import { NEEDS, type Editor, type Needs } from './editors.ts';
import {
  keyOfViewing,
  readPlannedViewing,
  withChoice,
  type ClipLook,
  type PlannedViewing,
  type ViewingFlags,
} from './planned-viewing.ts';

/** Scope of a JobSpec. */
export type Grouping = 'clip' | 'folder';

/** Flags of `plan` as given. */
export interface PlanFlags extends ViewingFlags {
  output?: string;
  beside?: string;
  for?: Editor;
  codec?: readonly string[];
  container?: string;
  resolution?: string;
  naming?: string;
  group?: Grouping;
  flat?: boolean;
  write?: string;
  submit?: string;
  checkMhl?: boolean;
  follow?: boolean;
  /** From the runner's own flag. */
  pollSeconds?: number;
  json?: boolean;
}

/** Destination of JobSpecs. */
export type Target = { how: 'print' } | { how: 'write' | 'submit'; folder: string };

/** Destination of proxies: a common folder, or a folder of this name next to each clip. */
export type Destination = { how: 'output'; folder: string } | { how: 'beside'; name: string };

/** Request for a plan. Paths are absolute. */
export interface PlanRequest {
  media: readonly string[];
  place: Destination;
  /** Editing system that attaches the proxies; `null` if none is named. */
  editor: Editor | null;
  kinds: readonly ProxyKind[];
  resolution: string;
  naming: string;
  /** Scope of each JobSpec. */
  group: Grouping;
  isFlat: boolean;
  /** Look of the proxies; `null` for none. */
  viewing: PlannedViewing | null;
  checksHashes: boolean;
  target: Target;
}

/** Codec and container. */
export interface ProxyKind {
  codec: Codec;
  container: Container;
}

/** Length limit of a key, since paths may have any length. */
const MAX_KEY_LENGTH = 1024;

/** Identity of a proxy among those of a clip: a key is requested once. */
export interface ProxyKey {
  /** Codec, container, naming and place. Two proxies of one kind would be the same file. */
  kind: string;
  /** Size, colours and text. */
  look: string;
}

export function keyOfKind(
  { codec, container }: ProxyKind,
  { resolution, naming, place, isFlat, viewing }: PlanRequest,
  own: ClipLook,
): ProxyKey {
  const where = place.how === 'output' ? place.folder : place.name;
  const name = naming.replaceAll('{resolution}', resolution);
  const text = [codec, container, name, ...(isFlat ? ['flat'] : []), where].join(' ');
  const short = () => `${codec} ${container} ${createHash('sha256').update(text).digest('hex')}`;
  const viewed = keyOfViewing(viewing, own);
  const look = viewed === null ? resolution : `${resolution} ${viewed}`;
  return { kind: text.length <= MAX_KEY_LENGTH ? text : short(), look };
}

/** Builds a request, and reads its looks. @throws Refusal that names every invalid flag */
export async function readPlanRequest(
  media: readonly string[],
  flags: PlanFlags,
): Promise<PlanRequest> {
  checkFollowFlags(flags);
  const needs = flags.for === undefined ? null : NEEDS[flags.for];
  const place = placeOf(flags, needs);
  const resolution = flags.resolution ?? 'half';
  const kinds = kindsOf(flags, needs);
  const naming = flags.naming ?? defaultNaming(kinds, needs);
  const viewing = await readPlannedViewing(flags);
  const texts = viewing?.texts ?? [];
  const refusals = kinds.flatMap((kind) =>
    (['first', 'second'] as const).flatMap((choice) => {
      const chosen = texts.map((text) => withChoice(text, choice));
      return violationsOf({ ...kind, resolution, naming, texts: chosen });
    }),
  );
  if (refusals.length > 0) throw misuse(...new Set(refusals));
  return {
    media: [...new Set(media.map((path) => resolve(path)))],
    place,
    editor: flags.for ?? null,
    kinds,
    resolution,
    naming,
    group: groupingOf(flags),
    isFlat: flags.flat ?? false,
    viewing,
    checksHashes: flags.checkMhl ?? false,
    target: targetOf(flags),
  };
}

/** Refuses flags that make sense only for a whole card or a single plan. */
function checkFollowFlags({ follow = false, checkMhl, json, write, submit }: PlanFlags) {
  if (!follow) return;
  if (checkMhl)
    throw misuse(
      '--check-mhl needs whole cards, and --follow plans what comes, clip by clip. Give one of them.',
    );
  if (json) throw misuse('--json prints one plan, and --follow makes many. Give one of them.');
  if (write !== undefined || submit === undefined)
    throw misuse('--follow needs --submit: it drops JobSpecs into a watch folder.');
}

function defaultNaming(kinds: readonly ProxyKind[], needs: Needs | null): string {
  const usual = needs?.naming ?? '{source_name}';
  return sharesContainer(kinds) ? `${usual}_{codec}` : usual;
}

function groupingOf({ group = 'clip', follow = false }: PlanFlags): Grouping {
  if (follow && group === 'folder')
    throw misuse('--follow makes a JobSpec for each clip. Leave out --group folder.');
  return group;
}

/** True if names alone can't distinguish the proxies of a clip. */
function sharesContainer(kinds: readonly ProxyKind[]): boolean {
  return new Set(kinds.map(({ container }) => container)).size < kinds.length;
}

function kindsOf({ codec: named, container }: PlanFlags, needs: Needs | null): ProxyKind[] {
  const codecs = named ?? (needs === null ? null : [needs.codec]);
  if (codecs === null) throw misuse('No codec is named. Give --codec, or --for an editing system.');
  return [...new Set(codecs)].map((codec) => kindOf(codec, container, needs));
}

/** The default container is the editing system's, or else the contract's first for the codec. */
function kindOf(codec: string, container: string | undefined, needs: Needs | null): ProxyKind {
  const allowed: readonly Container[] = CODEC_CONTAINERS[codec as Codec] ?? [];
  const preferred = needs?.containers.find((one) => allowed.includes(one)) ?? allowed[0] ?? 'mov';
  return { codec: codec as Codec, container: (container ?? preferred) as Container };
}

function placeOf({ output, beside, flat }: PlanFlags, needs: Needs | null): Destination {
  if (output !== undefined && beside !== undefined)
    throw misuse('--output and --beside exclude each other. Give one of them.');
  if (output !== undefined) return { how: 'output', folder: resolve(output) };
  const name = beside ?? needs?.proxyFolder ?? null;
  if (name === null)
    throw misuse(
      'No place for proxies is named. Give --output, or --beside with the name of a folder beside each clip.',
    );
  if (flat) throw misuse('--flat puts proxies into one folder. Name it with --output.');
  if (name !== basename(name) || name.startsWith('.'))
    throw misuse(
      `--beside takes the name of a folder beside each clip, such as Proxy, not "${name}".`,
    );
  return { how: 'beside', name };
}

function targetOf({ write, submit }: PlanFlags): Target {
  if (write !== undefined && submit !== undefined)
    throw misuse('--write and --submit exclude each other. Give one of them.');
  if (submit !== undefined) return { how: 'submit', folder: resolve(submit) };
  return write === undefined ? { how: 'print' } : { how: 'write', folder: resolve(write) };
}

/** Validates codec, container, size and template by the contract. */
function violationsOf(
  given: ProxyKind & { resolution: string; naming: string; texts: readonly JobBurnIn[] },
): string[] {
  const { naming: naming_template, texts, ...fields } = given;
  const [token] = /\{(date|time|index|job_id)\}/.exec(naming_template) ?? [];
  if (token !== undefined)
    return [`--naming with ${token} would give other names each time. Leave it out.`];
  if (texts.some(({ text }) => text.includes('{date}')))
    return ['--burn-in with {date} would give other proxies each day. Leave it out.'];
  const spec = {
    jobspec_version: texts.length === 0 ? JOBSPEC_VERSION : VIEWING_VERSION,
    ...(texts.length > 0 && { viewing: { burn_in: texts } }),
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
