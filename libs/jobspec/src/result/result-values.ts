import { JOB_ID, MAX_REASON_LENGTH } from '../vocabulary/limits.ts';
import type { Schema } from '../schema/json-schema.ts';

export const TEXT: Schema = { type: 'string', minLength: 1 };
export const JOB_ID_TEXT: Schema = { type: 'string', pattern: JOB_ID.source };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const ONE_UP: Schema = { type: 'integer', minimum: 1 };
export const SECONDS: Schema = { type: 'number', minimum: 0 };
export const TIME: Schema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}\\+00:00$',
  description: 'UTC, such as 2025-12-28T12:00:05.123+00:00.',
};

export const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'null'] });

/** One line of bounded length; `null` without a failure. */
export const REASON: Schema = {
  type: ['string', 'null'],
  minLength: 1,
  maxLength: MAX_REASON_LENGTH,
  pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$',
};
