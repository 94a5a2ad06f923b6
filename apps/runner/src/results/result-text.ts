import type { JobResult } from '@app/jobspec';

/** The text of a result file, clip by clip: that of thousands is never in memory as a whole. */
export function* resultText(result: JobResult): Generator<string> {
  const [before, after] = text({ ...result, clips: [] }).split(NO_CLIPS);
  yield `${before}"clips": [`;
  for (const [index, clip] of result.clips.entries())
    yield `${index === 0 ? '' : ','}\n    ${text(clip).replaceAll('\n', '\n    ')}`;
  yield `${result.clips.length === 0 ? '' : '\n  '}]${after}\n`;
}

/** Of a result; no string has a line break. */
const NO_CLIPS = /(?<=\n {2})"clips": \[\](?=,?\n)/;

function text(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
