import { readFile, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const PACKET = 188;
const PICTURE = '-f lavfi -i testsrc2=d=2:r=25:s=320x180';
const SOUND = '-f lavfi -i anoisesrc=d=2:r=48000:seed=7:a=0.3';
const LONG_GOP = '-c:v libx264 -preset veryfast -bf 2 -g 12';

const clip = (name: string, ...parts: string[]) => makeSource(folder().beside(name), ...parts);

/** Outcome of the job of one clip. */
async function verdict(source: string) {
  await folder().dropJob('a.json', { sources: [source] });
  await runOnce(folder());
  const { failure_reason: reason, clips } = await folder().result('a.json');
  return { reason, warnings: clips[0]?.warnings.join('\n') ?? '' };
}

/** The same clip with its bytes changed. */
async function changed(path: string, change: (bytes: Buffer) => Buffer | void): Promise<string> {
  const other = path.replace(extname(path), `.changed${extname(path)}`);
  const bytes = await readFile(path);
  await writeFile(other, change(bytes) ?? bytes);
  return other;
}

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

describe('a Matroska recording of unknown length', () => {
  // Into a pipe, FFmpeg can’t go back and write how long it became.
  const live = (name: string, encoder: string) =>
    clip(name, PICTURE, SOUND, encoder, '-f matroska -live 1');

  it('that ends inside of a block fails', async () => {
    const whole = await live('live.mkv', `${LONG_GOP} -c:a pcm_s16le`);
    const cut = await changed(whole, (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.4)));
    expect((await verdict(cut)).reason).toContain('The source is cut short or unfinished');
  });

  it('that is whole is made', async () => {
    const whole = await live('live.webm', '-c:v libvpx -deadline realtime -c:a libopus');
    expect((await verdict(whole)).reason).toBe(null);
  });
});

describe('a transport stream', () => {
  const stream = (name: string, ...options: string[]) =>
    clip(name, PICTURE, SOUND, `${LONG_GOP} -c:a mp2`, ...options);

  it.each([
    ['first packets', 0],
    ['packets behind its tables', 4],
  ])('whose %s are zeros fails', async (_, from) => {
    const zeroed = await changed(await stream('a.ts'), (bytes) => {
      bytes.fill(0, from * PACKET, 300 * PACKET);
    });
    expect((await verdict(zeroed)).reason).toContain('where one is due');
  });

  it('that begins inside of a packet is made', async () => {
    const later = await changed(await stream('a.ts'), (bytes) => bytes.subarray(100));
    expect((await verdict(later)).reason).toBe(null);
  });

  it('whose picture goes on in another stream fails', async () => {
    const parts = [
      await readFile(await stream('a.ts')),
      await readFile(await stream('b.ts', '-streamid 0:512 -output_ts_offset 2')),
    ];
    await writeFile(folder().beside('both.ts'), Buffer.concat(parts));
    expect((await verdict(folder().beside('both.ts'))).reason).toContain(
      'the picture goes on in stream 2',
    );
  });
});

describe('frames that can’t be decoded', () => {
  const FRAME_BYTES = 144_000;

  it.each([
    [7, /its decoder reports errors at [78] of 25 frames/],
    [1, /^made$/],
  ])('fail a clip where they are more than a few: %i of 25', async (frames, expected) => {
    const dv = '-f lavfi -i testsrc2=d=1:r=25:s=720x576 -c:v dvvideo -pix_fmt yuv420p';
    const noisy = await changed(await clip('a.dv', dv), (bytes) => {
      for (let at = 10 * FRAME_BYTES; at < (10 + frames) * FRAME_BYTES; at++)
        if (at % FRAME_BYTES > 20_000 && at % 80 > 8) bytes[at] = (at * 7919) % 251;
    });
    const { reason, warnings } = await verdict(noisy);
    expect(warnings).toContain('The decoder of the source reports errors at');
    expect(reason ?? 'made').toMatch(expected);
  });
});

describe('a clip that is called as another container', () => {
  it('is made, and that is told', async () => {
    const renamed = await changed(await clip('a.mov', `${PICTURE} ${LONG_GOP}`), () => undefined);
    await execa('mv', [renamed, folder().beside('a.mkv')]);
    const { reason, warnings } = await verdict(folder().beside('a.mkv'));
    expect(reason).toBe(null);
    expect(warnings).toContain('is called .mkv');
  });
});

describe('sound whose times aren’t those of its samples', () => {
  it('of a header that names another rate is told with what is cut', async () => {
    const whole = await clip('a.mkv', PICTURE, SOUND, `${LONG_GOP} -c:a pcm_s16le`);
    const rate = (hertz: number) => {
      const bytes = Buffer.from('b5880000000000000000', 'hex');
      bytes.writeDoubleBE(hertz, 2);
      return bytes;
    };
    const slower = await changed(whole, (bytes) => {
      rate(44_100).copy(bytes, bytes.indexOf(rate(48_000)));
    });
    const { warnings } = await verdict(slower);
    expect(warnings).toMatch(
      /Audio track 1 has 0\.1\d s of sound more than its times leave room for in its first \d/,
    );
  });

  it('is told with the silence that is put in', async () => {
    const holed = await clip(
      'a.mkv',
      PICTURE,
      SOUND,
      `${LONG_GOP} -c:a pcm_s16le -bsf:a noise=drop=between(n\\,30\\,50)`,
    );
    const { reason, warnings } = await verdict(holed);
    expect(reason).toBe(null);
    expect(warnings).toMatch(/Audio track 1 has 0\.4\d s of sound less than its times/);
  });
});

describe('a MOV whose tables disagree', () => {
  const movie = () => clip('a.mov', PICTURE, SOUND, '-c:v mjpeg -c:a pcm_s16le');

  it.each([
    ['how many', 0],
    ['how long', 4],
  ])('on %s its samples are fails', async (_, field) => {
    const flipped = await changed(await movie(), (bytes) => {
      // Its version, one entry, and then a number of samples and how long each is.
      const at = bytes.indexOf(Buffer.concat([Buffer.from('stts'), uint32(0), uint32(1)])) + 12;
      const value = bytes.readUInt32BE(at + field);
      bytes.writeUInt32BE(field === 0 ? value - 8 : value ^ 0x100, at + field);
    });
    expect((await verdict(flipped)).reason).toContain('the source is cut short or damaged');
  });
});
