import { rename, stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { expect, it } from 'vitest';
import { callStorage } from './storage-deadline.ts';
import { errorCode, errorFact, errorMessage, isNoSpace } from './system-error.ts';

it.each([
  [() => stat('/none/a'), 'no such file or directory ("/none/a")'],
  [() => rename('/none/a', '/none/b'), 'no such file or directory ("/none/a" to "/none/b")'],
])('a system error is its fact and its files', async (call, sentence) => {
  const error: unknown = await call().catch((thrown: unknown) => thrown);
  expect(errorMessage(error)).toBe(sentence);
});

it.each([
  ['EDQUOT', 'disk quota exceeded'],
  ['ENOLCK', 'no locks available'],
  ['ESTALE', 'stale file handle'],
] as const)(
  'an error that Node does not know has its name, in each call: %s',
  async (code, fact) => {
    const errno = -constants.errno[code];
    const raw = getSystemErrorName(errno);
    const thrown = new Error(`${raw}: ${raw}, open '/mnt/a'`);
    const call = () => Promise.reject(Object.assign(thrown, { code: raw, errno, syscall: 'open' }));
    const error: unknown = await callStorage('/mnt/a', call).catch((reason: unknown) => reason);
    expect([raw, errorCode(error), errorFact(error)]).toEqual([
      expect.stringMatching(/^Unknown system error -\d+$/),
      code,
      fact,
    ]);
    expect(isNoSpace(error)).toBe(code === 'EDQUOT');
  },
);
