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
import { grouped, jobNameOf } from '@app/jobspec/folder';
import type { Clip } from './examine.ts';
import { clipLabel, folderLabel } from './job-names.ts';
import { outputFolderFor, sourceFolderOf } from './media.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { viewingOf } from './planned-viewing.ts';
import type { LeftOut } from './walk.ts';

/** Reason why a clip gets no proxy of a kind. */
export interface ClipProblem extends LeftOut {
  clip: Clip;
  proxyKind: ProxyKind;
}

/** JobSpec before it is named. */
export interface Draft {
  clips: readonly Clip[];
  /** `null` if no engine takes the clip and the job will be refused. */
  engine: EngineName | null;
  kind: ProxyKind;
  /** Output directory. */
  directory: string;
  /** Readable part of the job id. */
  label: string;
  /** Naming template, if it isn't the plan's. */
  naming?: string;
  /** Version of a source that changed, if its earlier JobSpec would otherwise be equal. */
  version?: string;
}

/** JobSpec as written. */
export interface JobDocument extends Draft {
  jobId: string;
  /** File name. */
  name: string;
  spec: JobSpec;
  /** Paths of the proxies, in the order of the clips. */
  outputs: readonly string[];
}

/** Hex digits of the hash in a job id. */
const ID_DIGITS = 8;

/** Returns the JobSpec of a draft. The job id is derived from its content, so that equal plans give equal files. */
export function documentOf(draft: Draft, request: PlanRequest): JobDocument {
  const { clips, directory, kind, label, naming = request.naming, version } = draft;
  const viewing = viewingOf(
    request.viewing,
    clips.map(({ look }) => look),
    clips[0]?.texts ?? [],
  );
  const content = {
    jobspec_version: viewing === undefined ? JOBSPEC_VERSION : VIEWING_VERSION,
    sources: clips.map(({ path }) => path),
    output_directory: directory,
    ...kind,
    resolution: request.resolution,
    naming_template: naming,
    ...(viewing && { viewing }),
    ...(version !== undefined && { resolved_tokens: { source_changed: version } }),
  };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const jobId = [label, kind.codec, hash.slice(0, ID_DIGITS)].join('-');
  const { jobspec_version, ...rest } = content;
  const spec = { jobspec_version, job_id: jobId, ...rest } as unknown as JobSpec;
  const outputs = outputNames(spec, jobId).map((name) => join(directory, name));
  return { ...draft, jobId, name: jobNameOf(jobId), spec, outputs };
}

/** Content of its file. */
export function bytesOf({ spec }: JobDocument): Buffer {
  return Buffer.from(`${JSON.stringify(spec, null, 2)}\n`);
}

export function sha256Of(document: JobDocument): string {
  return createHash('sha256').update(bytesOf(document)).digest('hex');
}

/** Limit of the contract. */
const MAX_SOURCES = 10_000;

/** Returns drafts for every kind of proxy of the clips: one per clip, or per folder. */
export function draftsOf(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const drafts = request.group === 'clip' ? draftsOfClips : draftsOfFolders;
  return drafts(clips, request);
}

function draftsOfClips(clips: readonly Clip[], request: PlanRequest): Draft[] {
  return clips.flatMap((clip) => {
    const directory = outputFolderFor(clip, request, sourceFolderOf(clip));
    const label = clipLabel(clip);
    return request.kinds
      .filter((kind) => !clip.obstacles.has(kind))
      .map((kind) => ({ engine: clip.engine, directory, label, kind, clips: [clip] }));
  });
}

/**
 * Groups clips by engine, LUT, text and folder, in order. A clip that will be refused stays alone, so that it can't
 * take others with it.
 */
function draftsOfFolders(clips: readonly Clip[], request: PlanRequest): Draft[] {
  const groups = grouped(clips, (clip) => {
    const { engine, path, texts, look } = clip;
    const folder = sourceFolderOf(clip);
    return engine === null ? path : JSON.stringify([engine, look.lut?.path, texts, folder]);
  });
  return [...groups.values()].flatMap((group) => draftsOfFolder(group, request));
}

function draftsOfFolder(group: readonly [Clip, ...Clip[]], request: PlanRequest): Draft[] {
  const [first] = group;
  const { engine } = first;
  const folder = sourceFolderOf(first);
  const directory = outputFolderFor(first, request, folder);
  // A clip named on the command line is a medium of its own, so the folder stands for it.
  const medium = first.path === first.medium ? folder : first.medium;
  const label = folderLabel(medium, folder);
  return request.kinds.flatMap((kind) => {
    const able = group.filter(({ obstacles }) => !obstacles.has(kind));
    return chunks(able).map((clips) => ({ engine, directory, label, kind, clips }));
  });
}

function chunks(clips: readonly Clip[]): Clip[][] {
  const count = Math.ceil(clips.length / MAX_SOURCES);
  return Array.from({ length: count }, (_, index) =>
    clips.slice(index * MAX_SOURCES, (index + 1) * MAX_SOURCES),
  );
}

/** Removes clips that violate the contract, such as those whose proxy names would be too long. */
export function removeInvalidClips(
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

function invalid(clip: Clip, proxyKind: ProxyKind, violation: string): ClipProblem {
  const { path } = clip;
  const reason = `${path}: its JobSpec would be rejected (${violation}). Rename the clip, or give another --naming.`;
  return { path, kind: 'naming', cause: 'name_refused', reason, clip, proxyKind };
}
