import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { allClips } from './all-clips.ts';
import { CLIPS_COUNTED } from './clip-view.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { memoryIndex } from './memory-index.ts';
import { selectClips } from './select-clips.ts';

const at = (day: number) => new Date(2026, 10, day, 12).getTime();

/** Seven jobs of 9,000 clips, of which the first of each had failed; one of these was made good a day later. */
const jobs = Array.from({ length: 7 }, (_, job) => {
  const clips = Array.from({ length: 9000 }, (__, clip) =>
    unmadeClip(`/m/${job}/${clip}.mov`, clip === 0 ? 'FAILED' : 'COMPLETED', at(25), null),
  );
  return { state: 'failed' as const, base: `big-${job}`, facts: { when: at(25) }, clips };
});
const again = unmadeClip('/m/3/0.mov', 'COMPLETED', at(26), null);
const index = memoryIndex([
  ...jobs,
  { state: 'completed', base: 'again', facts: { when: at(26) }, clips: [again] },
]);

function rowsOf(query: object) {
  const rows = [...allClips(index, { ...DEFAULT_QUERY, ...query })].flat();
  return { all: rows.length, latest: rows.filter(({ latest }) => latest).length };
}

it('an export has all clips of a view that is too wide for pages', () => {
  const query = { ...DEFAULT_QUERY, q: 'big' };
  expect(selectClips(index, query)).toMatchObject({
    isCounted: false,
    sources: null,
    listed: CLIPS_COUNTED,
  });
  expect(rowsOf({ q: 'big' })).toEqual({ all: 63_000, latest: 62_999 });
  expect(rowsOf({})).toEqual({ all: 63_001, latest: 63_000 });
});

it('an export of a day has its clips as they stood at its end', () => {
  expect(rowsOf({ day: '2026-11-25' })).toEqual({ all: 63_000, latest: 63_000 });
  expect(rowsOf({ day: '2026-11-25', clip_state: 'failed' })).toEqual({ all: 7, latest: 7 });
  expect(rowsOf({ q: 'big', clip_state: 'failed' })).toEqual({ all: 6, latest: 6 });
});
