import { expect, it } from 'vitest';
import { RunnerNote } from './components/shell/runner-note.tsx';
import { FolderSlate } from './components/overview/folder-slate.tsx';
import { RunningJobs } from './components/overview/running-jobs.tsx';
import { ClipLines } from './components/clips/clip-lines.tsx';
import { NO_RUNNER } from './lib/jobs/folder-view.ts';
import { nothing, said } from './said.ts';

const folder = {
  name: 'dailies',
  path: '/w',
  runner: { ...NO_RUNNER, state: 'running' as const },
  problem: null,
  counts: { pending: 2, running: 0, completed: 3, failed: 0 },
};

it('lists say that nobody works on the jobs of a folder', () => {
  const note = (of: object, shown: string | null = null) =>
    said(RunnerNote, { index: { folders: [{ ...folder, ...of }] }, folder: shown });
  const stopped = { ...NO_RUNNER, state: 'silent' as const };
  const sentence = 'dailies: no runner is at work on its jobs.';
  expect(note({})).toBe('');
  expect(note({ runner: stopped })).toBe(sentence);
  expect(note({ runner: stopped }, 'dailies')).toBe(sentence);
  expect(note({ runner: stopped }, 'night')).toBe('');
  expect(note({ runner: stopped, counts: { ...folder.counts, pending: 0 } })).toBe('');
});

it('of a folder that is away nobody knows the runner, nor what runs', () => {
  const problem = { sentence: 'The folder is not there.', isNew: false };
  expect(said(FolderSlate, { folder: { ...folder, problem } })).toContain('Runner not known');
  expect(said(FolderSlate, { folder })).toContain('Runner at work');
  const index = { ...nothing, folders: [{ ...folder, problem }] };
  expect(said(RunningJobs, { index })).toContain(
    'No job is being worked on, as far as folders can be read.',
  );
});

it('attempts that decide nothing are folded below those that do', () => {
  const row = {
    folder: 'dailies',
    state: 'completed',
    job: 'a.json',
    index: 0,
    source_path: '/A001/C001.mov',
    output_path: '',
    status: 'COMPLETED',
    latest: true,
    checks_total: 0,
    warnings: 0,
    output_size_bytes: null,
    other: null,
    failure_reason: null,
    failure_type: null,
    when: 0,
  };
  const rows = [row, { ...row, job: 'b.json', latest: false }];
  const props = { pictures: new Map(), kinds: new Map() };
  expect(said(ClipLines, { ...props, rows })).toMatch(/a\.json.*1 other attempt.*b\.json/u);
  expect(said(ClipLines, { ...props, rows: [row] })).not.toContain('other attempt');
});
