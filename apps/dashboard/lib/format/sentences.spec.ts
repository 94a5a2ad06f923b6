import { describe, expect, it } from 'vitest';
import { causeSentence, plainReason } from './sentences.ts';

describe('a reason in plain words', () => {
  it('says what a failure means before what the runner wrote', () => {
    expect(plainReason('EngineError', 'FFmpeg exited with code 183')).toBe(
      'The engine gave up on a clip; its file may be damaged. FFmpeg exited with code 183',
    );
    expect(plainReason(null, null)).toBe('No reason was given.');
    expect(
      plainReason('JobSpecValidationError', 'JobSpec contract violation: codec is missing'),
    ).toBe('The JobSpec has mistakes. codec is missing');
  });

  it.each([
    [{ open: 14, isMadeGood: false, isNew: true }, '14 clips open, new today.'],
    [{ open: 1, isMadeGood: false, isNew: false }, '1 clip open.'],
    [{ open: 0, isMadeGood: false, isNew: false }, 'Open.'],
    [{ open: 0, isMadeGood: true, isNew: true }, 'Made good since.'],
  ])('tells whether somebody is needed: %j', (cause, sentence) => {
    expect(causeSentence(cause)).toBe(sentence);
  });
});
