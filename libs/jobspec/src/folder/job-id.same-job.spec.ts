import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSameJob } from './job-id.ts';

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const fileOf = (text: string) => ({ bytes: Buffer.from(text), sha256: sha256Of(text) });

describe('a file holds the job that was read', () => {
  it.each(['{}', '{}\n', ' {}', ''])('when nothing was changed: %j', (text) => {
    expect(isSameJob(fileOf(text), sha256Of(text))).toBe(true);
  });

  it.each([
    ['{}', '{}\n'],
    ['{}', '{}\r\n \t'],
    ['{} ', '{} \n'],
    ['', '\n'],
    ['{}', `{}${' '.repeat(200_000)}`],
    [`{}${' '.repeat(200_000)}`, `{}${' '.repeat(200_000)}\n`],
  ])('when white space was added at its end since', (read, now) => {
    expect(isSameJob(fileOf(now), sha256Of(read))).toBe(true);
  });

  it.each([
    ['{}', ' {}'],
    ['{}\n', '{}'],
    ['{}', '{}0'],
    ['{"a":1}', '{"a":2}\n'],
  ])('not when anything else was changed: %j to %j', (read, now) => {
    expect(isSameJob(fileOf(now), sha256Of(read))).toBe(false);
  });

  it('is told in a moment of a file that ends in 8 MiB of spaces', { timeout: 20_000 }, () => {
    expect(isSameJob(fileOf(`{}${' '.repeat(8 * 2 ** 20)}`), sha256Of('{} x'))).toBe(false);
  });
});
