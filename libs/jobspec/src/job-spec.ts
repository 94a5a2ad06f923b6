import 'reflect-metadata';
import { CODECS, FPS_MODES } from './vocabulary.ts';
import type { Codec, Container, FpsMode, JOBSPEC_VERSION } from './vocabulary.ts';
import { createdAt } from './rules/created-at.ts';
import { Field, Optional, Required } from './rules/field.decorator.ts';
import { container, explicitFps, resolution } from './rules/format.ts';
import { jobId, version } from './rules/identity.ts';
import { namingTemplate } from './rules/naming-template.ts';
import { absolutePath, sources } from './rules/paths.ts';
import { resolvedTokens } from './rules/resolved-tokens.ts';
import { oneOf } from './rules/text.ts';

/** One job as its author wrote it, contract 2.1. Only `parseJobSpec` makes one, so a JobSpec in hand is a valid one. */
export class JobSpec {
  @Required(version)
  readonly jobspec_version: typeof JOBSPEC_VERSION;

  /** Absent when the author gave none; `jobIdOf` then derives one from the file. */
  @Optional(jobId)
  readonly job_id?: string;

  /** 1 to 10,000 absolute paths, in the author's order. */
  @Required(sources)
  readonly sources: readonly string[];

  /** Absolute path; whether it exists is not looked up here. */
  @Required(absolutePath)
  readonly output_directory: string;

  @Required(oneOf(CODECS))
  readonly codec: Codec;

  @Required(container)
  readonly container: Container;

  /** `same`, `half`, `quarter` or `WIDTHxHEIGHT` in pixels. */
  @Required(resolution)
  readonly resolution: string;

  /** @default 'same-as-source' */
  @Optional(oneOf(FPS_MODES))
  readonly fps_mode: FpsMode = 'same-as-source';

  /** Frames per second; a number exactly when `fps_mode` is `explicit`. */
  @Field(explicitFps)
  readonly fps_explicit: number | null = null;

  /** File name without extension, with tokens; `outputNames` resolves it. */
  @Required(namingTemplate)
  readonly naming_template: string;

  /** Informational, never used for naming. */
  @Optional(resolvedTokens)
  readonly resolved_tokens?: Readonly<Record<string, string>>;

  /** ISO 8601 with offset. */
  @Field(createdAt)
  readonly created_at?: string;
}
