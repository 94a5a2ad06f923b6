import schema from '../../../../schemas/result.schema.json' with { type: 'json' };
import type { Schema } from '../schema/json-schema.ts';

/** JSON Schema 2020-12 of the result file, without unknown keys; `npm run results` writes it from the type `JobResult`. */
export const resultSchema = (): Schema => schema;
