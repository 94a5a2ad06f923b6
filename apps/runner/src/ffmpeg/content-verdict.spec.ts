import { PacketList, type MediaInfo } from '@app/engines';
import { expect, it } from 'vitest';
import type { ProcessOutcome } from '../../../../libs/storage/src/process/child-process.ts';
import { type ReadContent, contentVerdict } from './proxy-inspector.ts';
import type { MadeProxy } from './encode.ts';

const WELL: ProcessOutcome = { exitCode: 0, endedBy: null, stalled: false, stderr: '' };
const KILLED: ProcessOutcome = { ...WELL, exitCode: null, endedBy: 'SIGKILL' };
const HANGS: ProcessOutcome = { ...KILLED, endedBy: 'SIGTERM', stalled: true };

/** The verdict where the reader of the source and that of the proxy ended so. */
function verdict(source: ProcessOutcome, proxy: ProcessOutcome) {
  const media = { startSeconds: 0, streams: [] } as unknown as MediaInfo;
  const made = { plan: { audio: [] } } as unknown as MadeProxy;
  const heard = { run: source, starts: [] };
  const read = { heard, run: proxy, list: new PacketList() } as unknown as ReadContent;
  return contentVerdict(made, media, read, 5);
}

it.each([
  ['the reader of the source is killed', KILLED, HANGS],
  ['nothing else happens', WELL, HANGS],
  ['the reader of the proxy is killed', HANGS, KILLED],
])('storage that hangs is what is said where %s', async (_, source, proxy) => {
  expect((await verdict(source, proxy)).failure?.type).toBe('EngineStalledError');
});

it('the packets of a proxy that was read well are known, whoever ended the other read', async () => {
  const { failure, packets } = await verdict(KILLED, WELL);
  expect(failure?.message).toContain('while it read the source');
  expect(packets).toEqual(new Map());
});

it('of a read that was ended they are not', async () => {
  expect(await verdict(WELL, KILLED)).toMatchObject({ packets: null, checks: [] });
});
