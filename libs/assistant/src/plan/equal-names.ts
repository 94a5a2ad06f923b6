import { join, parse } from 'node:path';
import { foldedName, outputNames } from '@app/jobspec';
import { grouped } from '@app/jobspec/folder';
import type { LeftOutCause } from '@app/jobspec/inventory';
import { documentOf, type ClipProblem, type Draft, type JobDocument } from './documents.ts';
import type { Clip } from './examine.ts';
import { folderWord } from './job-names.ts';
import type { PlanRequest } from './plan-request.ts';
import type { Entry } from './walk.ts';

/** Names in use before planning. */
export interface KnownNames {
  /** Resolves links in a path. */
  real: (path: string) => Promise<string>;
  /** Returns the clip that owns a proxy's name, both as real paths; `null` if it is free. */
  ownerOf: (output: string) => Promise<string | null>;
}

export interface NamedDocuments {
  documents: JobDocument[];
  problems: ClipProblem[];
  /** Clips whose proxies don't get the template's name, since other clips would get it, too. */
  renamed: Clip[];
}

/** Additions to a clip's name. */
interface Addition {
  folder: boolean;
  extension: boolean;
}

const ADDITIONS: readonly Addition[] = [
  { folder: false, extension: false },
  { folder: false, extension: true },
  { folder: true, extension: false },
  { folder: true, extension: true },
];

/** Clip of a draft, with the name of its proxy. */
interface NamedClip {
  draft: Draft;
  clip: Clip;
  /** Real path of the clip. */
  realPath: string;
  naming: string;
  output: string;
  /** Output path, real and folded. */
  key: string;
  /** Clip that owns the output path. */
  owner: string | null;
}

/**
 * Names proxies. Clips with equal names get their extension added, or, in a flat output, the name of their folder. A
 * clip that already owns its proxy's name keeps it. Of clips that remain equal, the first is planned.
 */
export async function assignNames(
  drafts: readonly Draft[],
  request: PlanRequest,
  { real, ownerOf }: KnownNames,
): Promise<NamedDocuments> {
  const named: NamedClip[] = [];
  for (const draft of drafts)
    for (const clip of draft.clips) named.push(await usualName(clip, draft));
  for (const group of grouped(named, ({ key }) => key).values())
    for (const one of group) {
      const owner = one.owner === null ? [] : [one.owner];
      const paths = [...group.map(({ realPath }) => realPath), ...owner];
      const others = paths.filter((path) => path !== one.realPath);
      if (ownsName(one) || others.length === 0) continue;
      Object.assign(one, await nameWith(additionFor(one.clip, others, request), one));
    }
  const problems = collisions(named);
  const excluded = new Set(problems.map(({ one }) => one));
  const free = named.filter((one) => !excluded.has(one));
  return {
    documents: [...grouped(free, ({ draft }) => draft).values()]
      .flatMap((group) => Array.from(grouped(group, ({ naming }) => naming).values()))
      .map((group) => {
        const [{ draft, naming }] = group;
        const own = naming === request.naming ? {} : { naming };
        return documentOf({ ...draft, ...own, clips: group.map(({ clip }) => clip) }, request);
      }),
    problems: problems.map(({ one: { clip, draft }, cause, reason }) => {
      return { path: clip.path, kind: 'naming', cause, reason, clip, proxyKind: draft.kind };
    }),
    renamed: [...new Set(free.filter((one) => one.naming !== request.naming).map((it) => it.clip))],
  };

  /** Returns the template's name, or the one the clip already owns. */
  async function usualName(clip: Clip, draft: Draft): Promise<NamedClip> {
    const realPath = await real(clip.path);
    const names: NamedClip[] = [];
    for (const addition of ADDITIONS) {
      const name = { draft, clip, realPath, ...(await nameWith(addition, { clip, draft })) };
      if (ownsName(name)) return name;
      names.push(name);
    }
    const [usual] = names;
    if (usual === undefined) throw new RangeError('no name');
    return usual;
  }

  async function nameWith(addition: Addition, { clip, draft }: Pick<NamedClip, 'clip' | 'draft'>) {
    const naming = templateWith(addition, clip, request);
    const output = outputOf(clip, draft, naming, request);
    const path = await real(output);
    return { naming, output, key: foldedName(path), owner: await ownerOf(path) };
  }
}

function ownsName({ owner, realPath }: NamedClip): boolean {
  return owner === realPath;
}

/** Path of a clip's proxy by a template. */
export function outputOf(
  clip: Entry,
  { directory, kind }: Pick<Draft, 'directory' | 'kind'>,
  template: string,
  request: PlanRequest,
) {
  const { resolution } = request;
  const spec = { ...kind, resolution, naming_template: template, sources: [clip.path] };
  return join(directory, outputNames(spec, '')[0] ?? '');
}

function templateWith(
  { folder, extension }: Addition,
  clip: Clip,
  { naming }: PlanRequest,
): string {
  if (!folder && !extension) return naming;
  const before = folder ? [folderWord(clip)] : [];
  const parts = [...before, '{source_name}', ...(extension ? ['{source_ext}'] : [])];
  return naming.replace('{source_name}', parts.join('_'));
}

/** Addition that distinguishes a clip from others of its name. */
function additionFor(
  clip: Clip,
  others: readonly string[],
  { isFlat, naming }: PlanRequest,
): Addition {
  const extension = extensionOf(clip.path);
  const extensions = new Set(others.map(extensionOf));
  return {
    folder: isFlat && extensions.has(extension),
    extension:
      [...extensions].some((other) => other !== extension) && !naming.includes('{source_ext}'),
  };
}

function extensionOf(path: string): string {
  return foldedName(parse(path).ext);
}

interface Collision {
  one: NamedClip;
  cause: LeftOutCause;
  reason: string;
}

/**
 * Finds clips that would take the path of another proxy or of a source. Clips that already own their names go first.
 */
function collisions(named: readonly NamedClip[]): Collision[] {
  const sources = new Map(named.map(({ clip, realPath }) => [foldedName(realPath), clip.path]));
  const taken = new Map<string, Clip>();
  const inOrder = named.toSorted((a, b) => Number(ownsName(b)) - Number(ownsName(a)));
  return inOrder.flatMap((one): Collision[] => {
    const { clip, key, output } = one;
    const [source, other] = [sources.get(key), taken.get(key)];
    if (source !== undefined) {
      const reason = `${clip.path} would get ${source}, a source itself, as its proxy. Name another --output.`;
      return [{ one, cause: 'output_taken', reason }];
    }
    if (other !== undefined) {
      const reason = `${other.path} and ${clip.path} would both become ${output}. ${adviceFor(clip, other)}`;
      return [{ one, cause: 'equal_name', reason }];
    }
    taken.set(key, clip);
    return [];
  });
}

/** Advice for cards of one name in one output, or for clips that no part of a name distinguishes. */
function adviceFor(clip: Clip, other: Clip): string {
  return other.medium === clip.medium
    ? 'Tell them apart with --naming: {source_ext} or {codec}.'
    : 'Plan one of the cards into another --output, or name the folder above both as one medium.';
}
