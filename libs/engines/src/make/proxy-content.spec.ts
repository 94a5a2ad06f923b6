import { expect, it, vi } from 'vitest';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import type { ProgramEnding, RunProgram } from '../ffmpeg/program-call.ts';
import { PacketList, type MediaInfo } from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { EncodePass } from './encode-pass.ts';
import type { ClipTask } from './engine.ts';
import { type ReadContent, contentVerdict, readContent } from './proxy-content.ts';

const WELL: ProgramEnding = { exitCode: 0, endedBy: null, stalled: false, stderr: '' };
const KILLED: ProgramEnding = { ...WELL, exitCode: null, endedBy: 'SIGKILL' };
const HANGS: ProgramEnding = { ...KILLED, endedBy: 'SIGTERM', stalled: true };

const TINY = { width: 8, height: 8 };
const HEADER = { startSeconds: 0, streams: [] } as unknown as MediaInfo;

/** The verdict where the reader of the source and that of the proxy ended so. */
function verdict(source: ProgramEnding, proxy: ProgramEnding) {
  const pass = { plan: { audio: [], video: { size: TINY } } } as unknown as EncodePass;
  const audioStart = { run: source, starts: [] };
  const read = {
    audioStart,
    run: proxy,
    list: new PacketList(),
    loudness: [],
  } as unknown as ReadContent;
  return contentVerdict(pass, HEADER, read, 5);
}

it.each([
  ['the reader of the source is killed', KILLED, HANGS],
  ['nothing else happens', WELL, HANGS],
  ['the reader of the proxy is killed', HANGS, KILLED],
])('hanging storage is reported where %s', async (_, source, proxy) => {
  expect((await verdict(source, proxy)).failure?.type).toBe('EngineStalledError');
});

it('the packets of a proxy that was read well are known, whoever ended the other read', async () => {
  const { failure, proxy } = await verdict(KILLED, WELL);
  expect(failure?.message).toContain('while it read the source');
  expect(proxy).toEqual(HEADER);
});

it('of a read that was ended they are not', async () => {
  expect(await verdict(WELL, KILLED)).toMatchObject({ proxy: null, checks: [] });
});

it.each([
  ['tracks that an index says are unbroken are decoded by the encode', { isContiguous: true }, 1],
  ['where it tells nothing, the source is read once more', {}, 2],
  ['where it begins later than the picture, too', { isContiguous: true, startSeconds: 0.5 }, 2],
])('how sound begins: %s', async (_, facts, programs) => {
  const request = proxyRequest();
  const source = media([video(), audio(facts)]);
  const { plan } = planProxy(request, source);
  if (!plan) throw new Error('no plan');
  const quantiser = { choice: null, tried: [] };
  const pass = new EncodePass({ request, source, plan, quantiser });
  const task = { sourceFile: '/in/a.mov', stagedFile: '/out/a.mov' } as ClipTask;
  const run = vi.fn<RunProgram>().mockResolvedValue(WELL);
  await readContent(pass, task, '/out/capture', run);
  expect(run).toHaveBeenCalledTimes(programs);
});
