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
    [{ open: 14, made: null, isNew: true }, '14 clips open, new today.'],
    [{ open: 1, made: null, isNew: false }, '1 clip open.'],
    [{ open: 0, made: null, isNew: false }, 'Open.'],
    [{ open: 0, made: 'good', isNew: true }, 'Made good since.'],
    [{ open: 0, made: 'since', isNew: true }, 'Made since.'],
    [{ open: 0, made: 'before', isNew: true }, 'The proxies had been made before.'],
    [
      { open: 0, made: 'both', isNew: true },
      'The proxies are made: some before, the others since.',
    ],
  ] as const)('tells whether somebody is needed: %j', (cause, sentence) => {
    expect(
      causeSentence({ latest: null, retried: 0, left: 0, unclear: 0, elsewhere: 0, ...cause }),
    ).toBe(sentence);
  });

  it('says that a retry is to make what is open, or some of it', () => {
    const cause = {
      latest: null,
      open: 8,
      elsewhere: 0,
      unclear: 0,
      left: 0,
      made: null,
      isNew: true,
    };
    expect(causeSentence({ ...cause, retried: 8 })).toBe(
      '8 clips open, new today, a retry waits or runs.',
    );
    expect(causeSentence({ ...cause, retried: 3 })).toBe(
      '8 clips open, new today, a retry of 3 waits or runs.',
    );
    expect(causeSentence({ ...cause, retried: 3, left: 5 })).toBe(
      '8 clips open, new today, a retry of 3 waits or runs, a retry of 5 lies in running/ without a runner at work.',
    );
    expect(causeSentence({ ...cause, open: 0, unclear: 4, retried: 0 })).toBe(
      '4 clips not known, new today.',
    );
  });

  it('counts what failed again for another cause there, and says so', () => {
    const cause = {
      latest: null,
      unclear: 0,
      retried: 0,
      left: 0,
      made: null,
      isNew: false,
    };
    expect(causeSentence({ ...cause, open: 1, elsewhere: 2 })).toBe(
      '1 clip open, 2 clips open for another cause.',
    );
    expect(causeSentence({ ...cause, open: 0, elsewhere: 2 })).toBe(
      '2 clips open for another cause.',
    );
  });

  it('says of how many jobs it tells, where there are more', () => {
    const cause = { elsewhere: 0, unclear: 0, retried: 0, left: 0, isNew: true };
    expect(causeSentence({ ...cause, latest: 200, open: 400, made: null })).toBe(
      'Its latest 200 jobs: 400 clips open, new today.',
    );
    expect(causeSentence({ ...cause, latest: 200, open: 0, made: 'good' })).toBe(
      'Its latest 200 jobs: made good since.',
    );
  });

  it('begins what is said of one source with a capital', () => {
    expect(plainReason('OutputCollisionError', 'its output file already exists: /p/a.mov')).toBe(
      'A proxy of that name exists already. Its output file already exists: /p/a.mov',
    );
  });
});
