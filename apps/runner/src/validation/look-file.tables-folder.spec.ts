import { afterEach, expect, it, vi } from 'vitest';
import { tablesFolderOf } from './look-file.ts';

afterEach(() => vi.restoreAllMocks());

it('tables of a job without a watch folder are with a user that the system has no entry for', () => {
  vi.spyOn(process, 'geteuid').mockReturnValue(54_321);
  expect(tablesFolderOf('')).toMatch(/-54321$/);
});
