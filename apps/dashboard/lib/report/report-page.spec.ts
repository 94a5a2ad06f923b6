import { expect, it } from 'vitest';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_FACTS, type FoundClip } from '../jobs/clip-row.ts';
import { DEFAULT_QUERY } from '../query/job-query.ts';
import { makeReport } from './make-report.ts';
import { reportPage } from './report-page.ts';

const NOW = new Date('2026-11-28T20:00').getTime();
const clip = (number: number, more: Partial<FoundClip> = {}): FoundClip => ({
  ...NO_FACTS,
  kind: 'h264 mp4 half',
  source_path: `/media/day03/A${String(Math.trunc(number / 100)).padStart(3, '0')}/A001C${String(number).padStart(4, '0')}_261128_R1XY.mov`,
  output_path: `/proxies/A001C${String(number).padStart(4, '0')}_261128_R1XY_proxy.mov`,
  status: 'COMPLETED',
  when: NOW,
  timecode: '10:00:00:00',
  media_seconds: 12,
  output_size_bytes: 12_000_000,
  output_xxh64: '0123456789abcdef',
  ...more,
});
const facts = { when: NOW, kind: 'h264 mp4 half', final_status: 'COMPLETED' as const };
const pageOf = (clips: FoundClip[], title: string | null = 'Fjord') => {
  const index = memoryIndex([
    { state: 'completed', base: 'a', clips, facts: { ...facts, total_clips: clips.length } },
  ]);
  return reportPage(makeReport(index, DEFAULT_QUERY, title, NOW));
};

it('a day of 5,000 clips is a page of less than 2 MB, with a line and a hash for each', () => {
  const page = pageOf(Array.from({ length: 5000 }, (_, at) => clip(at)));
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
  expect(page.split('0123456789abcdef')).toHaveLength(5001);
  expect(page).toContain('A001C0042_261128_R1XY.mov');
  expect(page).toContain('<h3>A000 day03</h3>');
});

it('has a title, the day, each card with its totals, and what is missing with its reason', () => {
  const page = pageOf([
    clip(1),
    clip(2, {
      status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: 'FFmpeg exited with code 1',
      output_xxh64: null,
    }),
  ]);
  expect(page).toContain('<h1>Fjord</h1>');
  expect(page).toContain('Proxies, 28 Nov 2026');
  expect(page).toContain('1 of 2 through, 1 failed.');
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(page).toContain(`As of 28 Nov 2026, 20:00. Times are those of the server: ${zone}.`);
  expect(page).toContain('Engine gave up. FFmpeg exited with code 1');
});

it('counts the proxies of a card, and lists apart the jobs that count none', () => {
  const refused = { when: NOW, final_status: 'PARTIAL' as const, total_clips: 1 };
  const index = memoryIndex([
    { state: 'completed', base: 'a', clips: [clip(1)], facts: { ...facts, total_clips: 1 } },
    { state: 'completed', base: 'b', clips: [clip(1, { kind: 'hevc mp4 half' })], facts },
    { state: 'failed', base: 'relative', facts: { ...refused, failure_reason: 'No such codec' } },
  ]);
  const page = reportPage(makeReport(index, DEFAULT_QUERY, null, NOW));
  expect(page).toMatch(/<th scope="col">Proxies[^]*A000 day03<td>2<td>2<td>0/u);
  expect(page).toMatch(/Jobs that count no clips[^]*relative\.json<td>No such codec/u);
});

it('shows whatever a name holds as text', () => {
  const page = pageOf(
    [clip(1, { source_path: '/c/<img src=x onerror=alert(1)>\u202E.mov' })],
    '"><script>',
  );
  expect(page).not.toContain('<img');
  expect(page).not.toContain('<script');
  expect(page).toContain('‹U+202E›');
});
