import type { Viewing } from './viewing.ts';
import type {
  Codec,
  Container,
  FpsMode,
  JOBSPEC_VERSION,
  JobSpecVersion,
  VIEWING_VERSION,
} from './vocabulary.ts';

/**
 * Job as its author wrote it, by contract 2.1 or 2.2, with its fields in the contract's order. Only `parseJobSpec`
 * makes one, so every JobSpec is valid. The rules of the fields are in the table `FIELDS`.
 */
export interface JobSpec {
  readonly jobspec_version: JobSpecVersion;
  /** Absent if the author gave none; `jobIdOf` then derives one from the file. */
  readonly job_id?: string;
  /** 1 to 10,000 absolute paths, in the author's order. */
  readonly sources: readonly string[];
  /** Absolute path; may not exist. */
  readonly output_directory: string;
  readonly codec: Codec;
  readonly container: Container;
  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT` in pixels. */
  readonly resolution: string;
  readonly fps_mode: FpsMode;
  /** Frames per second; a number exactly when `fps_mode` is `explicit`. */
  readonly fps_explicit: number | null;
  /** File name without extension, with tokens; `outputNames` resolves it. */
  readonly naming_template: string;
  /** Informational, never used for naming. */
  readonly resolved_tokens?: ReadonlyMap<string, string>;
  /** ISO 8601 with offset. */
  readonly created_at?: string;
  /** 2.2 only. */
  readonly viewing?: Viewing;
  /** For editors: ignored, and never fetched. */
  readonly $schema?: string;
}

export type JobSpecField = keyof JobSpec;

/**
 * JobSpec as its author writes it: fields with a default may be left out, and tokens are a plain object. Its version decides
 * whether it may have `viewing`.
 */
export type JobSpecInput = Omit<
  JobSpec,
  'jobspec_version' | 'fps_mode' | 'fps_explicit' | 'resolved_tokens' | 'viewing'
> &
  Partial<Pick<JobSpec, 'fps_mode' | 'fps_explicit'>> & {
    readonly resolved_tokens?: Readonly<Record<string, string>>;
  } & (
    | { readonly jobspec_version: typeof JOBSPEC_VERSION; readonly viewing?: never }
    | { readonly jobspec_version: typeof VIEWING_VERSION; readonly viewing?: Viewing }
  );
