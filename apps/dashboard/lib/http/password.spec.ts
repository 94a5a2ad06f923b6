import { randomBytes, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPassword } from './password.ts';

const salt = randomBytes(16);
const key = scryptSync('slate', salt, 32, { N: 16_384, r: 8, p: 1 });
const HASH = ['scrypt', 16_384, 8, 1, salt.toString('base64url'), key.toString('base64url')].join(
  ':',
);
const basic = (password: string) => `Basic ${Buffer.from(`x:${password}`).toString('base64')}`;

describe('checks of a password', () => {
  it('are made one at a time, and hundreds at once keep nobody out who was let in', async () => {
    expect(await checkPassword(basic('slate'), HASH)).toBe('right');
    const guesses = Array.from({ length: 300 }, async (_, at) =>
      checkPassword(basic(`guess ${at}`), HASH),
    );
    expect(await checkPassword(basic('slate'), HASH)).toBe('right');
    const verdicts = await Promise.all(guesses);
    expect(verdicts.filter((verdict) => verdict === 'wrong')).toHaveLength(16);
    expect(verdicts.filter((verdict) => verdict === 'busy')).toHaveLength(284);
    expect(await checkPassword(basic('guess 299'), HASH)).toBe('wrong');
  });

  it('let in a page that asks a dozen times at once', async () => {
    const right = Array.from({ length: 12 }, async () => checkPassword(basic('slate'), HASH));
    expect(new Set(await Promise.all(right))).toEqual(new Set(['right']));
  });

  it.each([null, 'Bearer abc', 'Basic ###', `Basic ${'a'.repeat(5000)}`])(
    'are not made of what is not a password: %s',
    async (header) => {
      expect(await checkPassword(header, HASH)).toBe('wrong');
    },
  );
});
