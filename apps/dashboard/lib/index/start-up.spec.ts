import { channel } from 'node:diagnostics_channel';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startUp } from './start-up.ts';

const index = vi.hoisted(() => ({
  start: vi.fn<() => Promise<void>>(),
  stop: vi.fn<() => Promise<void>>(),
}));
// The time that pages have to end: none.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));
vi.mock('./watch-index.ts', () => ({ watchIndex: () => index }));

const ended: unknown[] = [];
const listeners = new Map<string | symbol, () => void>();
beforeEach(() => {
  ended.length = 0;
  listeners.clear();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(process, 'exit').mockImplementation((code) => void ended.push(code) as never);
  vi.spyOn(process, 'kill').mockImplementation((_, signal) => void ended.push(signal) as never);
  vi.spyOn(process, 'once').mockImplementation(((name: string, listener: () => void) => {
    listeners.set(name, listener);
    return process;
  }) as typeof process.once);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it.each(['SIGTERM', 'SIGINT'])('%s stops the index, then the server', async (signal) => {
  await startUp();
  index.stop.mockImplementationOnce(async () => void ended.push('stopped'));
  listeners.get(signal)?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(ended).toEqual(['stopped', 0]);
});

it('storage that hangs holds up no end', async () => {
  await startUp();
  index.stop.mockImplementationOnce(() => new Promise(() => undefined));
  listeners.get('SIGTERM')?.();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(ended).toEqual(['SIGKILL']);
});

it('a bad setting ends the server with its sentence', async () => {
  index.start.mockRejectedValueOnce(new Error('The folder "/" needs a name'));
  await startUp();
  expect(console.error).toHaveBeenCalledWith('The folder "/" needs a name');
  expect(ended).toEqual([2]);
});

it.each([
  ['TRACE', '/clips?q=%C3%A4', 'OPTIONS', '/clips?q=%C3%A4'],
  ['GET', '/clips?q=%ff', 'GET', '/clips?q=%ff'],
  ['GET', '/%ff', 'GET', '/address-that-is-not-well-formed'],
  ['GET', '', 'GET', '/address-that-is-not-well-formed'],
])('Next gets no %s of %s', async (method, url, becomes, place) => {
  await startUp();
  const request = { method, url, headers: {}, socket: { remoteAddress: '10.0.0.7' } };
  channel('http.server.request.start').publish({ request });
  expect([request.method, request.url]).toEqual([becomes, place]);
});
