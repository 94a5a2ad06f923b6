import { readFile, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const CLIP =
  '-f lavfi -i testsrc2=d=2:r=25:s=320x180 -f lavfi -i sine=d=2:r=48000 -c:v mpeg2video -g 12 -ac 2 -b:a 192k';
/** Sync word of an AC-3 frame (ATSC A/52, 5.3.1). */
const SYNC = Buffer.from('0b77', 'hex');

/** A recording off air of which these blocks of audio have lost their beginning: what is left of each goes to a decoder as a packet. */
async function recording(codec: string, blocks: readonly number[]): Promise<string> {
  const path = await makeSource(folder().beside('off-air.ts'), `${CLIP} -c:a ${codec}`);
  const bytes = await readFile(path);
  const packets = Array.from({ length: bytes.length / 188 }, (_, n) =>
    bytes.subarray(188 * n, 188 * (n + 1)),
  );
  const ofAudio = packets.filter((packet) => (packet.readUInt16BE(1) & 0x1fff) === 0x101);
  const begins = ofAudio.filter((packet) => packet.includes(SYNC));
  for (const block of blocks) {
    const packet = begins[block] ?? Buffer.of();
    packet.writeUInt16BE(0, packet.indexOf(SYNC));
  }
  await writeFile(path, bytes);
  return path;
}

async function made(source: string) {
  const job = folder().beside('job.json');
  await writeFile(
    job,
    JSON.stringify(jobSpec({ sources: [source], output_directory: folder().output })),
  );
  const { stdout } = await cli(['run', job]);
  return JSON.parse(stdout) as JobResult;
}

describe('a transport stream that begins inside a block of audio', () => {
  it.each(['ac3', 'eac3'])('is made without that rest of it, and says so: %s', async (codec) => {
    const { failure_reason, clips } = await made(await recording(codec, [0]));
    expect(failure_reason).toBeNull();
    expect(clips[0]?.warnings).toContain(
      'Audio track 1 begins inside a block, as recordings off air do: what is there of it can’t be decoded and is left out.',
    );
    expect(clips[0]?.attempts?.map(({ why }) => why)).toEqual(['first', 'audio_start']);
  });

  it.each([
    ['another block can’t be decoded', [0, 2]],
    ['it begins with more than a block of it', [0, 1, 2, 3, 4, 5]],
  ])('is damaged where %s', async (_, blocks) => {
    const { cause } = await made(await recording('ac3', blocks));
    expect(cause?.code).toBe('source_damaged');
  });
});
