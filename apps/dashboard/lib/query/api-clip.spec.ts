import { expect, it } from 'vitest';
import type { ClipRow, ClipStatus } from '../jobs/clip-row.ts';
import { apiClip } from './api-clip.ts';

it.each<[ClipRow['state'], ClipStatus, string | null]>([
  ['completed', 'COMPLETED', '1970-01-01T00:00:01.000Z'],
  ['failed', 'NOT_MADE', '1970-01-01T00:00:01.000Z'],
  ['running', 'COMPLETED', null],
  ['running', 'UNKNOWN', null],
  ['pending', 'WAITING', null],
])('says when a clip ended only where that is known: %s, %s', (state, status, ended_at) => {
  expect(apiClip({ state, status, when: 1000, other: null } as ClipRow).ended_at).toBe(ended_at);
});
