import { rename, stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { errorMessage } from './system-error.ts';

it.each([
  [() => stat('/none/a'), 'no such file or directory ("/none/a")'],
  [() => rename('/none/a', '/none/b'), 'no such file or directory ("/none/a" to "/none/b")'],
])('a system error is its fact and its files', async (call, sentence) => {
  const error: unknown = await call().catch((thrown: unknown) => thrown);
  expect(errorMessage(error)).toBe(sentence);
});
