import { JOB_STATES } from '@app/jobspec/folder';
import { FAILURE_TYPES } from '@app/jobspec/result';
import { Type, type Static } from 'typebox';
import { COUNT, type Given, INSTANT, orNull, shaped } from './api-schema.ts';
import { CLIP_STATUSES, type ClipRow } from '../jobs/clip-row.ts';

const PICTURE = Type.Object({
  path: Type.String(),
  frame: orNull(Type.Integer()),
  timecode: orNull(Type.String()),
  width: orNull(Type.Integer()),
  height: orNull(Type.Integer()),
});

/** A clip as the API and the exports give it. */
export const API_CLIP = Type.Object({
  folder: Type.String(),
  state: Type.Enum(JOB_STATES),
  job: Type.String({ description: 'File name of its job.' }),
  index: Type.Integer({
    minimum: 0,
    description: 'Its place among the sources of the job, from 0.',
  }),
  card: Type.String({ description: 'The folder that is the card of its source.' }),
  source_path: Type.String(),
  output_path: Type.String({ description: 'Empty when it is not known.' }),
  kind: orNull(
    Type.String(),
    'Codec, container, size and look that were asked for: a proxy of another kind is another one.',
  ),
  status: Type.Enum(CLIP_STATUSES),
  made_good: Type.Boolean({ description: 'It is through, and an attempt before had failed.' }),
  failure_type: orNull(Type.Enum(FAILURE_TYPES)),
  failure_reason: orNull(Type.String()),
  checks_passed: COUNT,
  checks_total: COUNT,
  warnings: COUNT,
  timecode: orNull(Type.String()),
  reel: orNull(Type.String(), 'Of the source, where the result tells it.'),
  output_size_bytes: orNull(Type.Integer()),
  duration_seconds: orNull(Type.Number()),
  output_xxh64: orNull(Type.String()),
  pictures: Type.ReadonlyType(Type.Array(PICTURE)),
  ended_at: orNull(INSTANT, 'Null of one that has not ended, or whose job runs.'),
});
export type ApiClip = Static<typeof API_CLIP>;

type LeftOut = 'id' | 'frames' | 'media_seconds' | 'now' | 'when';

export function apiClip(row: Given<ClipRow, ApiClip, LeftOut>): ApiClip {
  // A clip of a job that still runs has no time of its own: what is known is that of the JobSpec's file.
  const isOpen = row.state === 'running' || row.status === 'WAITING' || row.status === 'RUNNING';
  return shaped(API_CLIP, { ...row, ended_at: isOpen ? null : instantOf(row.when) });
}

/** As all other times in exports and results. @param milliseconds since 1970 */
function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}
