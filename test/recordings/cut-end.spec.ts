import { readFile, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { nightUnless } from '../support/night.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const INPUTS = '-f lavfi -i testsrc2=d=2:r=25:s=320x180 -f lavfi -i sine=d=2:r=48000';
const PACKET = 188;
/** Packet identifiers that FFmpeg gives to video and audio. */
const [VIDEO, AUDIO] = [0x100, 0x101];
const ENDS_INSIDE =
  'The source ends inside a frame or a block of audio, as recordings off air do: its last frame and the end of each track are left out.';

const CODECS = {
  mpeg2: '-c:v mpeg2video -bf 2 -g 12 -c:a mp2',
  h264: '-c:v libx264 -bf 2 -g 12 -c:a ac3',
  aac: '-c:v mpeg2video -c:a aac',
  dts: '-c:v mpeg2video -c:a dca -strict experimental -b:a 768k -ac 2',
};
type Codecs = keyof typeof CODECS;

/** Numbers of the packets of each frame, or of each block or group of blocks, of a stream. */
function units(packets: readonly Buffer[], stream: number): number[][] {
  const found: number[][] = [];
  for (const [n, packet] of packets.entries()) {
    if ((packet.readUInt16BE(1) & 0x1fff) !== stream) continue;
    if ((packet.readUInt8(1) & 0x40) !== 0) found.push([]);
    found.at(-1)?.push(n);
  }
  return found;
}

/** A recording off air, changed packet by packet. */
async function recording(codecs: Codecs, change: (packets: Buffer[]) => Buffer[]) {
  const path = await makeSource(folder().beside('off-air.ts'), `${INPUTS} ${CODECS[codecs]}`);
  const bytes = await readFile(path);
  const packets = Array.from({ length: bytes.length / PACKET }, (_, n) =>
    bytes.subarray(PACKET * n, PACKET * (n + 1)),
  );
  await writeFile(path, Buffer.concat(change(packets)));
  return path;
}

/** Without the second half of a stream's last unit. */
const halved = (stream: number) => (packets: Buffer[]) => {
  const last = units(packets, stream).at(-1) ?? [];
  const gone = new Set(last.slice(Math.ceil(last.length / 2)));
  return packets.filter((_, n) => !gone.has(n));
};

/** Ended within the last frame. */
const ended = (packets: Buffer[]) => {
  const last = units(packets, VIDEO).at(-1) ?? [];
  return packets.slice(0, last[Math.floor(last.length / 2)]);
};

/** With noise in the second half of a unit. */
const noisy = (stream: number, place: number) => (packets: Buffer[]) => {
  const unit = units(packets, stream).at(place) ?? [];
  for (const n of unit.slice(Math.floor(unit.length / 2)))
    for (let at = 60; at < PACKET; at++) packets[n]?.writeUInt8((37 * at + 11 * n) & 0xff, at);
  return packets;
};

async function made(source: string) {
  const job = folder().beside('job.json');
  await writeFile(
    job,
    JSON.stringify(jobSpec({ sources: [source], output_directory: folder().output })),
  );
  const { stdout } = await cli(['run', job]);
  return JSON.parse(stdout) as JobResult;
}

const ENDS = {
  'ends inside a frame': ended,
  'ends inside a frame, and goes on with audio': halved(VIDEO),
  'ends inside blocks of audio': halved(AUDIO),
  'ends with a frame of noise': noisy(VIDEO, -1),
};
const EVERY = (Object.keys(CODECS) as Codecs[]).flatMap((codecs) =>
  (Object.keys(ENDS) as (keyof typeof ENDS)[]).map((end) => [codecs, end] as const),
);
const OFTEN = new Set(['mpeg2 ends inside a frame', 'h264 ends inside blocks of audio']);

describe('a transport stream', () => {
  for (const [codecs, end] of EVERY)
    it(
      `of ${codecs} that ${end} is made without that, and says so`,
      nightUnless(OFTEN.has(`${codecs} ${end}`)),
      async () => {
        const { failure_reason, clips } = await made(await recording(codecs, ENDS[end]));
        expect(failure_reason).toBeNull();
        expect(clips[0]?.warnings.join()).toMatch(
          new RegExp(`${ENDS_INSIDE}|reports? (?:an )?errors?`),
        );
      },
    );

  it.each([
    ['a frame', VIDEO],
    ['audio', AUDIO],
  ])('with noise in %s before its end is damaged', async (_, stream) => {
    const { final_status, clips } = await made(await recording('mpeg2', noisy(stream, -12)));
    expect(final_status).toBe('FAILED');
    expect(clips[0]?.warnings).not.toContain(ENDS_INSIDE);
  });
});
