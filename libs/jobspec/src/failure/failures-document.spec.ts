import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { exampleOf, failuresDocument } from '../testing/failures-document.ts';
import { adviceOf, CAUSE_CODES, CAUSES } from './causes.ts';

it('docs/failures.md says what the table says (npm run failures writes it)', async () => {
  const document = new URL('../../../../docs/failures.md', import.meta.url).pathname;
  const text = await format(failuresDocument(), { parser: 'markdown', printWidth: 120 });
  await expect(text).toMatchFileSnapshot(document);
});

describe.each(CAUSE_CODES)('%s', (code) => {
  const { facts, message, type } = exampleOf(code);
  const told = adviceOf(type, message, facts);

  it('says what to do, in whole sentences', () => {
    expect(told.advice).toMatch(/^[A-Z“].*([.”]|: ffmpeg [^.].*)$/su);
    expect(told.advice).not.toMatch(/undefined|null|\{/u);
    expect(told.who).toMatch(/^(?:Whoever|The) /u);
  });

  it('says to submit the job again, where that may help', () => {
    const { advice, retryable } = CAUSES[code];
    const isTold = /submit the job again|^\{hint\}$/i.test(advice);
    expect(retryable !== true || isTold).toBe(true);
  });

  it('says it once, in the reason or beside it', () => {
    const isInReason = message.endsWith(told.advice ?? '?');
    expect(isInReason).toBe(CAUSES[code].isWhole !== true || isInReason);
    expect(told.what).not.toBe('');
    expect(`${told.what} ${told.advice}`).toContain(told.what ?? '?');
  });
});

it('of a cause that only another version knows, the reason is told', () => {
  const newer = { code: 'a_newer_cause', arguments: { reason: 'FFmpeg exited with code 1' } };
  expect(adviceOf('EngineError', 'FFmpeg exited with code 1', newer)).toEqual({
    short: 'Engine failed',
    what: 'FFmpeg exited with code 1',
    advice: null,
    who: 'The facility engineer',
  });
});
