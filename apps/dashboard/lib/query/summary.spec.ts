import { expect, it } from 'vitest';
import { NO_RUNNER, type FolderView } from '../jobs/folder-view.ts';
import { summaryOf } from './summary.ts';

it('counts jobs whose result can not be read for themselves, as the overview does', () => {
  const counts = { pending: 1, running: 0, completed: 31, failed: 5 };
  const folder = { name: 'a', runner: NO_RUNNER, problem: null, counts } as FolderView;
  expect(summaryOf(folder, { completed: 15, failed: 1 })).toMatchObject({
    pending: 1,
    completed: 16,
    failed: 4,
    not_known: 16,
  });
  expect(summaryOf(folder)).toMatchObject({ completed: 31, failed: 5, not_known: 0 });
});
