import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 2 } });
const folder = useSharedWatchFolder();
let run: Awaited<ReturnType<typeof runOnce>>;

/** File names that a shell, FFmpeg's protocols, its image patterns or a log could take for something else. */
const NAMES = [
  `it's "quoted".mov`,
  'two\nlines\r.mov',
  '-i.mov',
  '--help.mov',
  '%03d.mov',
  '%d%s%%.mov',
  'clip 🎬 é é.mov',
  'http:x.mov',
  'concat:a|b.mov',
  'file:a.mov',
  'pipe:.mov',
  'C:\\clips\\a.mov',
  '$(touch x) `id` $HOME;&|<>*?[a-z]!.mov',
  ' leading and trailing .mov',
  '\u001B[31mred\u0007.mov',
  '\u202Egnp.mov',
  "a'b,c=d:e[0:v]@.mov",
  `${'n'.repeat(240)}.mov`,
  'tab\t.mov',
  'null.mov',
  '__proto__.mov',
  'a.mov.json.mov',
];

beforeAll(async () => {
  await mkdir(folder().beside('sources'));
  const sources = NAMES.map((name) => folder().beside(`sources/${name}`));
  for (const source of sources) await copyFile(clips['a.mov'], source);
  await folder().dropJob('all at once\n.json', { sources, naming_template: '{source_name}' });
  const output_directory = folder().beside('-out "put\'\n%d');
  await mkdir(output_directory);
  await folder().dropJob('-directory.json', { sources: [clips['a.mov']], output_directory });
  run = await runOnce(folder());
});

describe('sources with names of any kind', () => {
  it('become proxies of the same names', async () => {
    const result = await folder().result('all at once\n.json');
    expect(result.failure_reason).toBeNull();
    expect(await folder().names('output')).toEqual(NAMES.toSorted(byCodeUnit));
  });

  it('are passed to FFmpeg as one argument each, as files', async () => {
    const { clips } = await folder().result('all at once\n.json');
    const inputs = clips.map(({ ffmpeg_command = [] }) =>
      ffmpeg_command.at(ffmpeg_command.indexOf('-i') + 1),
    );
    expect(inputs).toEqual(NAMES.map((name) => `file:${folder().beside(`sources/${name}`)}`));
  });

  it('keep the log at one line each', () => {
    // oxlint-disable-next-line eslint/no-control-regex
    for (const line of run.log) expect(line).not.toMatch(/[\u0000-\u001F\u202E]/);
  });
});

describe('an output directory with a name of any kind', () => {
  it('gets its proxy', async () => {
    const [clip] = (await folder().result('-directory.json')).clips;
    expect(clip?.status).toBe('COMPLETED');
    const output = join(folder().beside('-out "put\'\n%d'), 'a_proxy.mov');
    expect(clip?.resolved_output_path).toBe(output);
    expect((await readFile(output)).length).toBe(clip?.output_size_bytes);
  });
});

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : 1);
