import { foldedName } from '@app/jobspec';
import { documentOf, type Draft, type JobDocument } from './draft.ts';
import type { Clip } from './examine.ts';
import type { Problem } from './found.ts';
import { clipLabels, folderLabel } from './job-names.ts';
import { mirrored, sourceFolderOf } from './mirror.ts';
import type { PlanRequest } from './plan-request.ts';

export { dropInvalidClips } from './drop-invalid-clips.ts';

/** What the contract allows a job. */
const MOST_SOURCES = 10_000;

/** The JobSpecs that make every kind of proxy of clips: one for each clip, or for each folder. */
export function documentsOf(clips: readonly Clip[], request: PlanRequest): JobDocument[] {
  const drafts = request.group === 'clip' ? draftsOfClips : draftsOfFolders;
  return drafts(clips, request).map((draft) => documentOf(draft, request));
}

function draftsOfClips(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const labels = clipLabels(clips);
  return clips.flatMap((clip) => {
    const directory = mirrored(clip, request, sourceFolderOf(clip));
    const label = labels.get(clip) ?? '';
    return request.kinds
      .filter((kind) => !clip.obstacles.has(kind))
      .map((kind) => ({ engine: clip.engine, directory, label, kind, clips: [clip] }));
  });
}

/** Clips of one folder and engine, in this order. A clip that is refused must not take others with it. */
function draftsOfFolders(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const groups = new Map<string, [Clip, ...Clip[]]>();
  for (const clip of clips) {
    const { engine, path } = clip;
    const folder = isNumberedInAll(request) ? '' : sourceFolderOf(clip);
    const key = engine === null ? path : `${engine} ${folder}`;
    const group = groups.get(key);
    if (group) group.push(clip);
    else groups.set(key, [clip]);
  }
  return [...groups.values()].flatMap((group) => draftsOfFolder(group, request));
}

/** In one folder `{index}` tells clips apart only when all of them are numbered together. */
function isNumberedInAll({ isFlat, naming }: PlanRequest): boolean {
  return isFlat && naming.includes('{index}');
}

function draftsOfFolder(group: readonly [Clip, ...Clip[]], request: PlanRequest): Draft[] {
  const [first] = group;
  const { engine } = first;
  const folder = sourceFolderOf(first);
  const directory = mirrored(first, request, folder);
  // A clip that is named itself lies in no medium that others of its folder share.
  const medium = first.path === first.medium ? folder : first.medium;
  const label = isNumberedInAll(request) ? 'all' : folderLabel(medium, folder);
  return request.kinds.flatMap((kind) => {
    const able = group.filter(({ obstacles }) => !obstacles.has(kind));
    return chunks(able).map((clips) => ({ engine, directory, label, kind, clips }));
  });
}

function chunks(clips: readonly Clip[]): Clip[][] {
  const count = Math.ceil(clips.length / MOST_SOURCES);
  return Array.from({ length: count }, (_, index) =>
    clips.slice(index * MOST_SOURCES, (index + 1) * MOST_SOURCES),
  );
}

/** Proxies that would get one name, or a source's, each with both paths. Such a plan must not be carried out. */
export function collisions(documents: readonly JobDocument[]): Problem[] {
  const taken = new Map<string, string>();
  for (const { clips } of documents)
    for (const { path } of clips) taken.set(foldedName(path), path);
  const problems: Problem[] = [];
  const made = new Map<string, Clip>();
  for (const { clips, outputs } of documents) {
    for (const [index, clip] of clips.entries()) {
      const { path, medium } = clip;
      const output = outputs[index] ?? '';
      const key = foldedName(output);
      const [source, other] = [taken.get(key), made.get(key)];
      if (source !== undefined) problems.push(problem(path, `${path} would get ${source}`, OVER));
      else if (other === undefined) made.set(key, clip);
      else {
        const advice = other.medium === medium ? TELL : PARENT;
        const fact = `${other.path} and ${path} would both become ${output}`;
        problems.push(problem(path, fact, advice));
      }
    }
  }
  return problems;
}

const OVER = 'a source itself, as its proxy. Name another --output.';
const TELL = 'Tell them apart with --naming: {source_ext}, {codec} or {index}.';
/** Cards of one name, in one output. */
const PARENT =
  'Plan one of the cards into another --output, or name the folder above both as one medium.';

function problem(path: string, fact: string, advice: string): Problem {
  const joint = advice === OVER ? ', ' : '. ';
  return { path, kind: 'naming', reason: fact + joint + advice };
}
