import { describe, expect, it } from 'vitest';
import { CLIP_STATUSES, NO_CLIPS } from '../jobs/clip-row.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { CLIP_STATES, isInState, sumsInState } from './clip-states.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { memoryIndex } from './memory-index.ts';
import { selectClips } from './select-clips.ts';
import { selectPage } from './select-jobs.ts';

const clip = (name: string, status: (typeof CLIP_STATUSES)[number], when = 1) =>
  unmadeClip(`/m/${name}.mov`, status, when, null);
const index = memoryIndex([
  {
    state: 'failed',
    base: 'half',
    clips: [clip('a', 'COMPLETED'), clip('b', 'FAILED'), clip('c', 'NOT_MADE')],
  },
  { state: 'failed', base: 'good', clips: [clip('d', 'FAILED')] },
  { state: 'completed', base: 'retry', clips: [clip('d', 'COMPLETED', 2)] },
  { state: 'completed', base: 'odd', clips: [clip('e', 'UNKNOWN')] },
  { state: 'pending', base: 'waits', clips: [clip('f', 'WAITING')] },
]);

describe('clips of one state', () => {
  it.each([
    ['failed', ['b'], ['half'], { failed: 1 }],
    ['not_made', ['c'], ['half'], { not_made: 1 }],
    ['not_known', ['e'], ['odd'], { not_known: 1 }],
    ['to_come', ['f'], ['waits'], { not_made: 1, waiting: 1 }],
    ['through', ['a', 'd'], ['half', 'retry'], { through: 2 }],
  ])(
    'are those that stand there now, whatever folder their job lies in: %s',
    (state, names, jobs, sums) => {
      const query = { ...DEFAULT_QUERY, clip_state: state };
      const view = selectClips(index, query);
      expect(view.rows.map(({ source_path }) => source_path)).toEqual(
        names.map((name) => `/m/${name}.mov`),
      );
      expect(view.sums).toEqual({ ...NO_CLIPS, total: names.length, ...sums });
      const found = selectPage(index, query).rows.map(({ name }) => name.replace('.json', ''));
      expect(found.toSorted()).toEqual(jobs);
    },
  );

  it('are of one state each, and all of them of some', () => {
    for (const status of CLIP_STATUSES.keys())
      expect(
        CLIP_STATES.filter((state) => isInState({ latest: true, status }, state)),
      ).toHaveLength(1);
    const sums = {
      total: 15,
      through: 1,
      failed: 2,
      not_made: 8,
      not_known: 4,
      waiting: 3,
      elsewhere: 0,
    };
    const totals = CLIP_STATES.map((state) => sumsInState(sums, state).total);
    expect(totals.reduce((sum, total) => sum + total, 0)).toBe(15);
  });
});
