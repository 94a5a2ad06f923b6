import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { CLIP_COLUMNS, JOB_COLUMNS } from '../indexer/batch.ts';
import { LATE_INDEXES, SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** An index that was made by another program is kept only where it has the same version: then it must be the same. */
it('another schema has another version', () => {
  const schema = [SCHEMA, LATE_INDEXES, CLIP_COLUMNS.join(), JOB_COLUMNS.join()].join('\n');
  const hash = createHash('sha256').update(schema).digest('hex').slice(0, 12);
  expect({ [SCHEMA_VERSION]: hash }).toEqual({ 31: 'e457354fe782' });
});
