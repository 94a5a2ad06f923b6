import { join, parse } from 'node:path';
import { foldedName, outputNames } from '@app/jobspec';
import { documentOf, type ClipProblem, type Draft, type JobDocument } from './documents.ts';
import type { Clip } from './examine.ts';
import { folderWord } from './job-names.ts';
import type { PlanRequest } from './plan-request.ts';
import type { Found } from './walk.ts';

/** What is known of names before any is given. */
export interface KnownNames {
  /** A path without links. */
  real: (path: string) => Promise<string>;
  /** The clip that a proxy's name belongs to already, both by their real paths; `null` for none. */
  ownerOf: (output: string) => Promise<string | null>;
}

export interface NamedDocuments {
  documents: JobDocument[];
  problems: ClipProblem[];
  /** Clips whose proxies have another name than the template gives, as others share it. */
  renamed: Clip[];
}

/** What a name has beside that of the clip. */
interface Addition {
  folder: boolean;
  extension: boolean;
}

const NONE: Addition = { folder: false, extension: false };
const ADDITIONS: readonly Addition[] = [
  { folder: false, extension: true },
  { folder: true, extension: false },
  { folder: true, extension: true },
];

/** One clip of a draft, and the name of its proxy. */
interface Named {
  draft: Draft;
  clip: Clip;
  addition: Addition;
  /** Real and folded. */
  output: string;
  /** Whose that name is already. */
  owner: string | null;
  /** Whether a job has that name for it. */
  isKept: boolean;
}

/**
 * Names proxies. Clips whose names collide get their extension, or in one folder that of their own folder; a clip whose proxy has its name
 * already keeps it. Of those that can't be told apart so the first is planned.
 */
export async function tellApart(
  drafts: readonly Draft[],
  request: PlanRequest,
  { real, ownerOf }: KnownNames,
): Promise<NamedDocuments> {
  const named: Named[] = [];
  for (const draft of drafts) for (const clip of draft.clips) named.push(await nameOf(clip, draft));
  for (const group of groupsOf(named)) {
    const paths = group.map(({ clip }) => clip.path);
    const owner = group[0]?.owner ?? null;
    if (owner !== null) paths.push(owner);
    if (paths.length === 1) continue;
    for (const one of group) {
      const own = await real(one.clip.path);
      const others = paths.filter((path) => path !== one.clip.path && path !== own);
      if (!one.isKept && others.length > 0) one.addition = additionFor(one.clip, others, request);
    }
  }
  const byDraft = new Map<Draft, Named[]>(drafts.map((draft) => [draft, []]));
  for (const one of named) byDraft.get(one.draft)?.push(one);
  const apart = drafts.flatMap((draft) => split(draft, byDraft.get(draft) ?? [], request));
  const documents = apart.map((draft) => documentOf(draft, request));
  const kept = new Set(named.filter(({ isKept }) => isKept).map(({ clip }) => clip));
  const renamed = named.filter(isAlone).map(({ clip }) => clip);
  return { ...withoutCollisions(documents, kept, request), renamed: [...new Set(renamed)] };

  async function nameOf(clip: Clip, draft: Draft): Promise<Named> {
    const pathWith = async (addition: Addition) =>
      real(outputOf(clip, draft, templateWith(addition, clip, request), request));
    const own = await real(clip.path);
    const path = await pathWith(NONE);
    const owner = await ownerOf(path);
    const output = foldedName(path);
    const plain = { draft, clip, addition: NONE, output, owner, isKept: owner === own };
    for (const addition of plain.isKept ? [] : ADDITIONS) {
      const other = await pathWith(addition);
      if ((await ownerOf(other)) === own)
        return { ...plain, addition, output: foldedName(other), isKept: true };
    }
    return plain;
  }
}

/** The path of a clip's proxy by a template. */
export function outputOf(
  clip: Found,
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

/** What tells a clip from others of its name. */
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

function isAlone({ addition }: Named): boolean {
  return addition.folder || addition.extension;
}

function extensionOf(path: string): string {
  return foldedName(parse(path).ext);
}

function groupsOf(named: readonly Named[]): Named[][] {
  const groups = new Map<string, Named[]>();
  for (const one of named) {
    const group = groups.get(one.output);
    if (group) group.push(one);
    else groups.set(one.output, [one]);
  }
  return [...groups.values()];
}

/** Clips with a name of their own leave the others of their folder. */
function split(draft: Draft, named: readonly Named[], request: PlanRequest): Draft[] {
  const own = named.filter(isAlone);
  const rest = draft.clips.filter((clip) => !own.some((one) => one.clip === clip));
  const drafts: Draft[] = rest.length > 0 ? [{ ...draft, clips: rest }] : [];
  for (const { clip, addition } of own)
    drafts.push({ ...draft, clips: [clip], naming: templateWith(addition, clip, request) });
  return drafts;
}

/** Leaves out what would get the name of another proxy, or that of a source. */
function withoutCollisions(
  documents: readonly JobDocument[],
  kept: ReadonlySet<Clip>,
  request: PlanRequest,
): Omit<NamedDocuments, 'renamed'> {
  const sources = new Map(
    documents.flatMap(({ clips }) => clips.map(({ path }) => [foldedName(path), path])),
  );
  const taken = new Map<string, { clip: Clip; document: JobDocument }>();
  const problems: ClipProblem[] = [];
  const inOrder = [...documents].sort((a, b) => rank(a, kept) - rank(b, kept));
  const barred = new Map<JobDocument, Set<Clip>>();
  for (const document of inOrder)
    for (const [index, clip] of document.clips.entries()) {
      const output = document.outputs[index] ?? '';
      const key = foldedName(output);
      const [source, other] = [sources.get(key), taken.get(key)];
      if (source === undefined && other === undefined) {
        taken.set(key, { clip, document });
        continue;
      }
      const { path } = clip;
      const reason =
        source === undefined
          ? `${other?.clip.path} and ${path} would both become ${output}. ${adviceFor(clip, other?.clip)}`
          : `${path} would get ${source}, a source itself, as its proxy. Name another --output.`;
      const cause = source === undefined ? 'equal_name' : 'output_taken';
      problems.push({ path, kind: 'naming', cause, reason, clip, of: document.kind });
      barred.set(document, (barred.get(document) ?? new Set()).add(clip));
    }
  const free = documents.flatMap((document) => {
    const out = barred.get(document);
    if (out === undefined) return [document];
    const clips = document.clips.filter((clip) => !out.has(clip));
    return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
  });
  return { documents: free, problems };
}

/** Clips that keep their names come first. */
function rank({ clips }: JobDocument, kept: ReadonlySet<Clip>): number {
  return clips.some((clip) => kept.has(clip)) ? 0 : 1;
}

/** Cards of one name, in one output, or clips that differ in nothing that a name may have. */
function adviceFor(clip: Clip, other: Clip | undefined): string {
  return other?.medium === clip.medium
    ? 'Tell them apart with --naming: {source_ext} or {codec}.'
    : 'Plan one of the cards into another --output, or name the folder above both as one medium.';
}
