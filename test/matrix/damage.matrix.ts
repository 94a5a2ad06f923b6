import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { DAMAGES } from '../damage/damages.ts';
import { damageVerdicts, everyCase, type Verdict } from '../damage/verdicts.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { installedFfmpeg, line } from './table.ts';

const TABLE = new URL('../../docs/damage-matrix.md', import.meta.url);

const sources = useTemporaryFolder();
const folder = useSharedWatchFolder();

it('every damage to every format, and what the runner made of it', async () => {
  const verdicts = await damageVerdicts(sources.path, folder(), everyCase);
  const wrong = verdicts.filter(
    ({ result, isComplete }) => result.final_status === 'COMPLETED' && !isComplete,
  );
  expect(wrong).toEqual([]);
  const clips = [...new Set(verdicts.map(({ clip }) => clip))];
  const rows = [null, ...DAMAGES].map((damage) =>
    [damage?.name ?? 'none: a healthy clip'].concat(
      clips.map((clip) => mark(verdicts.find((one) => one.clip === clip && one.damage === damage))),
    ),
  );
  await writeFile(TABLE, await page(clips, rows));
});

function mark(verdict: Verdict | undefined): string {
  if (!verdict) return '';
  const [clip] = verdict.result.clips;
  if (verdict.result.final_status === 'COMPLETED') return 'every frame';
  const failed = clip?.verification.find(({ passed }) => !passed)?.check;
  return failed ? `\`${failed}\`` : (verdict.result.failure_type ?? '');
}

async function page(clips: string[], rows: string[][]): Promise<string> {
  return `# Damage matrix

Written by \`npm run test:matrix\` with ${await installedFfmpeg()}: clips of 50 frames and 2 s of sound, damaged, and how the
runner ended their jobs. "every frame": the job is \`COMPLETED\`, and an independent reader found all 50 frames and all sound in
the proxy. Anything else is a failure: the first check that found a difference, or the failure type where the clip got
no further. Empty: the format can't have this damage, or declares nothing that could be wrong.

${line(['damage', ...clips])}
${line([':--', ...clips.map(() => ':-:')])}
${rows.map((row) => line(row)).join('\n')}
`;
}
