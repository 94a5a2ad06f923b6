import type { JobResult } from '@app/jobspec';

/** Text of a result file, clip by clip, so that the text of thousands of clips is never in memory as a whole. */
export function* resultText(result: JobResult): Generator<string> {
  const [before, after] = text({ ...result, clips: [] }).split(NO_CLIPS);
  yield `${before}"clips": [`;
  for (const [index, clip] of result.clips.entries())
    yield `${index === 0 ? '' : ','}\n    ${text(clip).replaceAll('\n', '\n    ')}`;
  yield `${result.clips.length === 0 ? '' : '\n  '}]${after}\n`;
}

/** Empty list of clips in a result's text. Can't match inside a string, because JSON strings contain no line breaks. */
const NO_CLIPS = /(?<=\n {2})"clips": \[\](?=,?\n)/;

function text(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
