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
  it('of hundreds that come from one address keep another one out for no more than a turn', async () => {
    const ended: string[] = [];
    const guesses = Array.from({ length: 300 }, async (_, number) => {
      const verdict = await checkPassword(basic(`guess ${number}`), HASH, 'attacker');
      ended.push(verdict);
      return verdict;
    });
    expect(await checkPassword(basic('slate'), HASH, 'producer')).toBe('right');
    // The one that was being checked already, and at most one more.
    expect(ended.filter((verdict) => verdict === 'wrong').length).toBeLessThanOrEqual(2);
    const verdicts = await Promise.all(guesses);
    expect(verdicts.filter((verdict) => verdict === 'busy').length).toBeGreaterThan(290);
  });

  it('let the latest of an address take the place of its oldest', async () => {
    const wrong = Array.from({ length: 50 }, async (_, number) =>
      checkPassword(basic(`g${number}`), HASH, 'a'),
    );
    const right = checkPassword(basic('slate'), HASH, 'b');
    expect(await right).toBe('right');
    expect((await Promise.all(wrong)).includes('right')).toBe(false);
  });

  it.each([null, 'Bearer abc', 'Basic ###', `Basic ${'a'.repeat(5000)}`])(
    'are not made of what is not a password: %s',
    async (header) => {
      expect(await checkPassword(header, HASH, 'a')).toBe('wrong');
    },
  );
});
