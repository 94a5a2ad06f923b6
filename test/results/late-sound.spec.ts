import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { StreamChanges } from '../../libs/engines/src/ffmpeg/stream-changes.ts';
import { makeSource, probeJson } from '../proxy/support.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const PICTURE = '-f lavfi -i testsrc2=s=320x180:r=25:d=3';
const LATE = '-itsoffset 1.5 -f lavfi -i sine=sample_rate=48000:d=1';
/** Filled up to more than 5 MB a second, so that FFmpeg has given up looking for tracks before the sound begins. */
const FILLED = '-c:v mpeg2video -b:v 48M -minrate 48M -maxrate 48M -bufsize 8M';
const PACKET = 188;
/** The second stream that FFmpeg puts into a transport stream. */
const SOUND_PID = 0x101;

const temporary = useTemporaryFolder();
const folder = useSharedWatchFolder();
const path = (name: string) => join(temporary.path, name);

/** Changes each packet of the sound of a transport stream. */
async function changeSound(from: string, to: string, change: (packet: Buffer) => void) {
  const bytes = await readFile(path(from));
  for (let at = 0; at + PACKET <= bytes.length; at += PACKET) {
    const packet = bytes.subarray(at, at + PACKET);
    if ((packet.readUInt16BE(1) & 0x1fff) === SOUND_PID) change(packet);
  }
  await writeFile(path(to), bytes);
}

beforeAll(async () => {
  await makeSource(path('late.ts'), PICTURE, LATE, `${FILLED} -c:a ac3`);
  await makeSource(path('late.mpg'), PICTURE, LATE, `${FILLED} -c:a mp2 -f vob`);
  const longer = PICTURE.replace('d=3', 'd=4');
  await makeSource(path('between.mpg'), longer, LATE, `${FILLED} -c:a mp2 -f vob`);
  // Null packets, and packets whose payload no decoder knows.
  await changeSound('late.ts', 'none.ts', (packet) => packet.writeUInt16BE(0x1fff, 1));
  await changeSound('late.ts', 'noise.ts', (packet) => packet.fill(0x55, 30));
  const two = `${PICTURE} ${PICTURE},hflip`;
  await makeSource(
    path('two.ts'),
    two,
    '-f lavfi -i sine=d=3 -f lavfi -i sine=f=800:d=3 -map 0 -map 2 -map 1 -map 3 -c:a mp2',
    `${FILLED} -program program_num=1:st=0:st=1 -program program_num=2:st=2:st=3`,
  );
  await makeSource(path('picture.mkv'), `-itsoffset 6 ${PICTURE}`, '-f lavfi -i sine=d=7');
  const names = ['late.ts', 'late.mpg', 'between.mpg', 'none.ts', 'noise.ts', 'two.ts'];
  for (const name of [...names, 'picture.mkv']) {
    const fields = { codec: 'prores_proxy', container: 'mov', resolution: '320x180' };
    const sources = [path(name)];
    await folder().dropJob(`${name}.json`, { ...fields, sources, naming_template: name });
  }
  await runOnce(folder(), { maxWorkers: 2 });
});

const result = (name: string) => folder().result(`${name}.json`);

async function soundOf(name: string) {
  const { failure_reason, clips } = await result(name);
  expect(failure_reason).toBeNull();
  const output = clips[0]?.resolved_output_path ?? '';
  const { streams } = await probeJson(output);
  const sound = streams.filter(({ codec_type }) => codec_type === 'audio');
  return { output, sound, warnings: clips[0]?.warnings ?? [] };
}

describe('sound that begins after more of the file than FFmpeg reads by itself', () => {
  it.each(['late.ts', 'late.mpg', 'between.mpg'])(
    'is in the proxy of %s, after silence',
    async (name) => {
      const { output, sound, warnings } = await soundOf(name);
      expect(sound).toMatchObject([{ sample_rate: '48000' }]);
      expect(warnings.join()).not.toContain('skipped');
      const detect = ['-af', 'silencedetect=noise=-50dB:d=0.5', '-f', 'null', '-'];
      const { stderr } = await execa('ffmpeg', ['-hide_banner', '-i', output, '-vn', ...detect]);
      const [, end] = /silence_end: ([\d.]+)/.exec(stderr) ?? [];
      expect(Number(end)).toBeGreaterThan(1.4);
      expect(Number(end)).toBeLessThan(1.6);
    },
  );

  it(
    'is what FFmpeg tells of where it comes upon it later still',
    { tags: ['night'] },
    async () => {
      const input = [
        '-probesize',
        '1M',
        '-i',
        path('between.mpg'),
        '-map',
        '0:v',
        '-f',
        'null',
        '-',
      ];
      const { stderr } = await execa('ffmpeg', [
        '-nostdin',
        '-loglevel',
        'level+warning',
        ...input,
      ]);
      const changes = new StreamChanges();
      changes.take(Buffer.from(`${stderr}\n`));
      expect([...changes.lateStreams]).toEqual([1]);
    },
  );
});

it('a picture that begins after seconds of sound is found', async () => {
  const { warnings } = await soundOf('picture.mkv');
  expect(warnings).toEqual([expect.stringMatching(/begins 6\.\d+ s before the picture/)]);
});

it('a track that is named, and of which there is no packet, is told as that', async () => {
  const { sound, warnings } = await soundOf('none.ts');
  expect(sound).toEqual([]);
  expect(warnings).toContain(
    'Audio track 1 is skipped: the source names it, and has no packet of it.',
  );
});

it('a track that has packets, of which nothing tells the form, fails its clip', async () => {
  const { failure_type, failure_reason } = await result('noise.ts');
  expect(failure_type).toBe('UnsupportedFormatError');
  expect(failure_reason).toContain(
    'has audio in stream 1 whose channels and sample rate are unknown',
  );
});

it(
  'of two programs, the sound of the one whose picture is taken is kept, and the other is named',
  { tags: ['night'] },
  async () => {
    const { sound, warnings } = await soundOf('two.ts');
    expect(sound).toHaveLength(1);
    expect(warnings).toContain(
      'Audio track 3 is skipped: it belongs to another program than the picture.',
    );
  },
);
