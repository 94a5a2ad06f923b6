import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  JOBSPEC_VERSION,
  outputNames,
  VIEWING_VERSION,
  type EngineName,
  type JobSpec,
} from '@app/jobspec';
import { jobNameOf } from '@app/jobspec/folder';
import type { Clip } from './examine.ts';
import { viewingOf } from './planned-viewing.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';

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
  const { clips, directory, kind, label } = draft;
  const viewing = viewingOf(
    request.viewing,
    clips.map(({ cdl }) => cdl),
  );
  const said = {
    jobspec_version: viewing === undefined ? JOBSPEC_VERSION : VIEWING_VERSION,
    sources: clips.map(({ path }) => path),
    output_directory: directory,
    ...kind,
    resolution: request.resolution,
    naming_template: request.naming,
    ...(viewing && { viewing }),
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
