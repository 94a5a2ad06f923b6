import { expect, it, vi } from 'vitest';
import { Answer } from './index.ts';

it('is asked for each time, and not again while it is waited for', async () => {
  let answer: (value: string) => void = () => undefined;
  const ask = vi.fn<() => Promise<string>>(() => new Promise((resolve) => (answer = resolve)));
  const question = new Answer(ask, 0.01);
  expect([await question.get(), await question.get()]).toEqual([null, null]);
  expect(ask).toHaveBeenCalledTimes(1);
  answer('late');
  await expect.poll(() => question.get()).toBeNull();
  ask.mockImplementation(async () => 'now');
  answer('later');
  await expect.poll(() => question.get()).toBe('now');
});

it('throws what the question throws, and is asked again', async () => {
  const ask = vi.fn<() => Promise<string>>(async () => Promise.reject(new Error('no')));
  const question = new Answer(ask, 60);
  await expect(question.get()).rejects.toThrow('no');
  ask.mockImplementation(async () => 'there');
  expect(await question.get()).toBe('there');
});
