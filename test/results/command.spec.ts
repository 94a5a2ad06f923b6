import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { execa } from 'execa';
import { CODEC_CONTAINERS, CODECS, type ClipResult } from '@app/jobspec';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { usePrograms } from '../support/programs.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder, type TestFolder } from '../support/watch-folder.ts';

const programs = usePrograms();
const KINDS = CODECS.flatMap((codec) =>
  CODEC_CONTAINERS[codec].map((container) => ({ codec, container, name: `${codec}-${container}` })),
);
const USUAL = new Set(['prores_proxy-mov', 'h264-mp4', 'dnxhr-mxf']);
/** Two tracks, of which one begins later, a timecode, and times that step: all that adds inputs, filters or outputs to a run. */
const SOURCES = {
  'plain.mov': '-timecode 01:00:00:00',
  'late.mkv': '-c:v libx264 -bf 2 -g 12',
};

async function source(path: string, output: string): Promise<string> {
  const picture = '-f lavfi -i testsrc2=s=1280x720:r=25:d=1.2';
  const sound = '-f lavfi -i sine=d=1.2 -itsoffset 0.2 -f lavfi -i sine=440:d=1';
  const all = `${sound} -map 0:v -map 1:a -map 2:a -c:v libx264 -c:a pcm_s16le`;
  return makeSource(path, picture, `${all} ${output}`);
}

/** Makes the proxies of some kinds, in a folder of their own. */
function useProxies(kinds: typeof KINDS) {
  const folder = useSharedWatchFolder();
  beforeAll(async () => {
    const sources: string[] = [];
    for (const [name, output] of Object.entries(SOURCES))
      sources.push(await source(folder().beside(name), output));
    for (const { codec, container, name } of kinds)
      await folder().dropJob(`${name}.json`, {
        sources,
        codec,
        container,
        resolution: '960x540',
        naming_template: `{source_name}_${name}`,
        ...(codec === 'dnxhd' && { resolution: 'same' }),
      });
    await runOnce(folder());
  }, 600_000);
  return folder;
}

async function run({ ffmpeg_command: [program = '', ...args] = [] }: ClipResult, output: string) {
  return execa(program, [...args.slice(0, -1), output], { reject: false, stdin: 'ignore' });
}

/** Where two files differ first, with what stands there; `null` for nowhere. */
async function difference(one: string, other: string) {
  const [a, b] = await Promise.all([readFile(one), readFile(other)]);
  if (a.equals(b)) return null;
  const at = a.findIndex((byte, n) => byte !== b[n]);
  const around = (bytes: Buffer) => bytes.subarray(Math.max(0, at - 16), at + 64).toString('hex');
  return { file: other, at, bytes: [a.length, b.length], around: [around(a), around(b)] };
}

/** The command of each proxy makes the same bytes under another name, and nothing else. */
async function expectSameBytes(folder: TestFolder, name: string) {
  const { final_status, failure_reason, clips } = await folder.result(`${name}.json`);
  expect([final_status, failure_reason]).toEqual(['COMPLETED', null]);
  for (const [index, clip] of clips.entries()) {
    const { ffmpeg_command: command = [], resolved_output_path: proxy } = clip;
    expect(command.at(-1)).toBe(proxy);
    expect(command.join(' ')).not.toMatch(/pipe:|rawvideo|-progress| -y /);
    const again = folder.beside(`again-${index}-${name}${extname(proxy)}`);
    const { exitCode, stdout } = await run(clip, again);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(await difference(again, proxy ?? '')).toBeNull();
    expect(clip).not.toHaveProperty('executed_command');
  }
}

describe('a command makes the same bytes under another name, and nothing else', () => {
  const folder = useProxies(KINDS.filter(({ name }) => USUAL.has(name)));

  it.each([...USUAL])('%s', async (name) => {
    expect.hasAssertions();
    await expectSameBytes(folder(), name);
  });

  it('never overwrites the proxy', async () => {
    const { clips } = await folder().result('h264-mp4.json');
    const [clip] = clips;
    const proxy = clip?.resolved_output_path ?? '';
    const before = await stat(proxy);
    const ran = clip && (await run(clip, proxy));
    expect(ran?.stderr).toContain('already exists');
    expect(await stat(proxy)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
  });

  it('stands beside the argv that ran, of a clip that failed', async () => {
    programs.misbehave('exit-1');
    await folder().dropJob('failed.json', { sources: [folder().beside('plain.mov')] });
    await runOnce(folder());
    const [clip] = (await folder().result('failed.json')).clips;
    expect(clip).toMatchObject({ status: 'FAILED', output_exists: false });
    expect(clip?.ffmpeg_command?.at(-1)).toBe(clip?.resolved_output_path);
    expect(clip?.executed_command?.join(' ')).toMatch(/^ffmpeg .*-progress pipe:1.*\.partial\./);
  });
});

describe('so does that of every other kind', { tags: ['night'] }, () => {
  const others = KINDS.filter(({ name }) => !USUAL.has(name));
  const folder = useProxies(others);

  it.each(others)('$name', { timeout: 120_000 }, async ({ name }) => {
    expect.hasAssertions();
    await expectSameBytes(folder(), name);
  });
});
