import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();

/** Fields of a count: how many there are in a second, and the first. */
const field = (tag: number, bytes: number) => Buffer.from([0x15, tag, 0, bytes]);
const [START, BASE] = [field(0x01, 8), field(0x02, 2)];

/** What a recorder writes that counts so many in a second, whatever comes: FFmpeg counts each frame. */
async function recount(path: string, base: number, start: bigint) {
  const bytes = await readFile(path);
  let counts = 0;
  for (let at = bytes.indexOf(BASE); at >= 0; at = bytes.indexOf(BASE, at + 1), counts++)
    bytes.writeUInt16BE(base, at + BASE.length);
  for (let at = bytes.indexOf(START); at >= 0; at = bytes.indexOf(START, at + 1))
    bytes.writeBigInt64BE(start, at + START.length);
  expect(counts).toBeGreaterThan(0);
  await writeFile(path, bytes);
}

it.each([
  ['25 of 50', '50', 25, 90_020n, '01:00:00:20', '01:00:00:40'],
  ['each of 50', '50', 50, 180_020n, '01:00:00:20', '01:00:00:20'],
  ['30 of 59.94', '60000/1001', 30, 108_020n, '01:00:00:20', '01:00:00:40'],
])(
  'a start timecode of an MXF file that counts %s keeps its moment',
  async (_, rate, base, start, told, made) => {
    const source = folder().beside('clip.mxf');
    const picture = `testsrc2=size=1280x720:rate=${rate}:duration=0.4`;
    const coded = ['-c:v', 'mpeg2video', '-timecode', '01:00:00:00', '-q:v', '4'];
    await execa('ffmpeg', ['-f', 'lavfi', '-i', picture, ...coded, source]);
    await recount(source, base, start);
    await folder().dropJob('a.json', {
      sources: [source],
      codec: 'prores_proxy',
      container: 'mov',
    });
    await runOnce(folder());
    const { final_status, clips } = await folder().result('a.json');
    expect(final_status).toBe('COMPLETED');
    const shown = ['-show_entries', 'stream_tags=timecode:format_tags=timecode', '-of', 'csv=p=0'];
    const path = clips[0]?.resolved_output_path ?? '';
    const { stdout } = await execa('ffprobe', ['-v', 'error', ...shown, path]);
    expect(stdout.split('\n').filter(Boolean)).toContain(made);
    const said = clips[0]?.warnings.join(' ') ?? '';
    expect(said.includes(`for ${told} of the source`)).toBe(told !== made);
  },
);

it.each([
  ['25', '10:00:00:00', '09:59:59:13'],
  ['60000/1001', '10:00:00;00', '09:59:59;48'],
])(
  'what is stored before the start is told, and the timecode begins as much earlier at a rate of %s',
  async (rate, start, made) => {
    const source = folder().beside('preroll.mxf');
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=${rate}:duration=0.6`];
    const coded = ['-c:v', 'mpeg2video', '-timecode', start, '-q:v', '4'];
    await execa('ffmpeg', [...picture, ...coded, source]);
    const bytes = await readFile(source);
    const origin = Buffer.from([0x4b, 0x02, 0, 8]);
    // The last track is that of the stored pictures.
    bytes.writeBigInt64BE(12n, bytes.lastIndexOf(origin) + origin.length);
    await writeFile(source, bytes);
    await folder().dropJob('b.json', {
      sources: [source],
      codec: 'prores_proxy',
      container: 'mov',
    });
    await runOnce(folder());
    const [clip] = (await folder().result('b.json')).clips;
    expect(clip).toMatchObject({
      status: 'COMPLETED',
      warnings: [expect.stringContaining('(pre-roll), 12 of them')],
    });
    const timecode = clip?.verification.find(({ check }) => check === 'start_timecode');
    expect(timecode).toMatchObject({ actual: made });
  },
);
