import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  JobFailure,
  JOBSPEC_VERSION,
  outputNames,
  parseJobSpec,
  VIEWING_VERSION,
  type EngineName,
  type JobSpec,
} from '@app/jobspec';
import { jobNameOf } from '@app/jobspec/folder';
import type { Clip } from './examine.ts';
import { clipLabel, folderLabel } from './job-names.ts';
import { mirrored, sourceFolderOf } from './media.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { viewingOf } from './planned-viewing.ts';
import type { LeftOut } from './walk.ts';

/** Why no proxy of a kind is asked for of a clip. */
export interface ClipProblem extends LeftOut {
  clip: Clip;
  of: ProxyKind;
}

/** A JobSpec in the making. */
export interface Draft {
  clips: readonly Clip[];
  /** `null` when none takes the clip, and the job will be refused. */
  engine: EngineName | null;
  kind: ProxyKind;
  /** Where the proxies go. */
  directory: string;
  /** What people call the sources. */
  label: string;
  /** The template of the proxies' names, where it isn't that of the plan. */
  naming?: string;
  /** What the source was changed to, where an earlier JobSpec says all the same. */
  version?: string;
}

/** A JobSpec as it is written. */
export interface JobDocument extends Draft {
  jobId: string;
  /** Of the file. */
  name: string;
  spec: JobSpec;
  /** Paths of the proxies, in the order of the clips. */
  outputs: readonly string[];
}

/** Hex digits of the hash that a job is called by. */
const ID_DIGITS = 8;

/** The JobSpec of a draft. Its id follows from what it says, so that the same plan gives the same file. */
export function documentOf(draft: Draft, request: PlanRequest): JobDocument {
  const { clips, directory, kind, label, naming = request.naming, version } = draft;
  const viewing = viewingOf(
    request.viewing,
    clips.map(({ look }) => look),
    clips[0]?.texts ?? [],
  );
  const said = {
    jobspec_version: viewing === undefined ? JOBSPEC_VERSION : VIEWING_VERSION,
    sources: clips.map(({ path }) => path),
    output_directory: directory,
    ...kind,
    resolution: request.resolution,
    naming_template: naming,
    ...(viewing && { viewing }),
    ...(version !== undefined && { resolved_tokens: { source_changed: version } }),
  };
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  const jobId = [label, kind.codec, hash.slice(0, ID_DIGITS)].join('-');
  const { jobspec_version, ...rest } = said;
  const spec = { jobspec_version, job_id: jobId, ...rest } as unknown as JobSpec;
  const outputs = outputNames(spec, jobId).map((name) => join(directory, name));
  return { ...draft, jobId, name: jobNameOf(jobId), spec, outputs };
}

/** Its bytes in a file. */
export function bytesOf({ spec }: JobDocument): Buffer {
  return Buffer.from(`${JSON.stringify(spec, null, 2)}\n`);
}

export function sha256Of(document: JobDocument): string {
  return createHash('sha256').update(bytesOf(document)).digest('hex');
}

/** What the contract allows a job. */
const MOST_SOURCES = 10_000;

/** What makes every kind of proxy of clips: a JobSpec for each clip, or for each folder. */
export function draftsOf(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const drafts = request.group === 'clip' ? draftsOfClips : draftsOfFolders;
  return drafts(clips, request);
}

function draftsOfClips(clips: readonly Clip[], request: PlanRequest): Draft[] {
  return clips.flatMap((clip) => {
    const directory = mirrored(clip, request, sourceFolderOf(clip));
    const label = clipLabel(clip);
    return request.kinds
      .filter((kind) => !clip.obstacles.has(kind))
      .map((kind) => ({ engine: clip.engine, directory, label, kind, clips: [clip] }));
  });
}

/** Clips of one folder, engine, LUT and text, in this order. A clip that is refused must not take others with it. */
function draftsOfFolders(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const groups = new Map<string, [Clip, ...Clip[]]>();
  for (const clip of clips) {
    const { engine, path, texts, look } = clip;
    const folder = sourceFolderOf(clip);
    const key = engine === null ? path : JSON.stringify([engine, look.lut?.path, texts, folder]);
    const group = groups.get(key);
    if (group) group.push(clip);
    else groups.set(key, [clip]);
  }
  return [...groups.values()].flatMap((group) => draftsOfFolder(group, request));
}

function draftsOfFolder(group: readonly [Clip, ...Clip[]], request: PlanRequest): Draft[] {
  const [first] = group;
  const { engine } = first;
  const folder = sourceFolderOf(first);
  const directory = mirrored(first, request, folder);
  // A clip that is named itself lies in no medium that others of its folder share.
  const medium = first.path === first.medium ? folder : first.medium;
  const label = folderLabel(medium, folder);
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

/** Leaves out clips that the contract has no words for, such as those whose proxies would get too long a name. */
export function dropInvalidClips(
  documents: readonly JobDocument[],
  request: PlanRequest,
): { documents: JobDocument[]; problems: ClipProblem[] } {
  const problems: ClipProblem[] = [];
  const kept = documents.flatMap((document) => {
    if (violationsOf(document).length === 0) return [document];
    const clips = document.clips.filter((clip) => {
      const [first] = violationsOf(documentOf({ ...document, clips: [clip] }, request));
      if (first !== undefined) problems.push(invalid(clip, document.kind, first));
      return first === undefined;
    });
    return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
  });
  return { documents: kept, problems };
}

function violationsOf(document: JobDocument): string[] {
  try {
    parseJobSpec(bytesOf(document));
    return [];
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    return error.violations.map(({ message }) => message);
  }
}

function invalid(clip: Clip, of: ProxyKind, violation: string): ClipProblem {
  const { path } = clip;
  const reason = `${path}: its JobSpec would be rejected (${violation}). Rename the clip, or give another --naming.`;
  return { path, kind: 'naming', cause: 'name_refused', reason, clip, of };
}
