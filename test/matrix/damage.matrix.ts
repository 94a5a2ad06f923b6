import { expect, it } from 'vitest';
import { DAMAGES } from '../damage/damages.ts';
import { damageVerdicts, everyCase, type Verdict } from '../damage/verdicts.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { installedFfmpeg, line, writeSection } from './table.ts';

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
  await writeSection('damage', await section(clips, rows));
});

function mark(verdict: Verdict | undefined): string {
  if (!verdict) return '';
  const [clip] = verdict.result.clips;
  if (verdict.result.final_status === 'COMPLETED') return 'every frame';
  const failed = clip?.verification.find(({ passed }) => !passed)?.check;
  return failed ? `\`${failed}\`` : (verdict.result.failure_type ?? '');
}

async function section(clips: string[], rows: string[][]): Promise<string> {
  return `Made with ${await installedFfmpeg()}.

${line(['damage', ...clips])}
${line([':--', ...clips.map(() => ':-:')])}
${rows.map((row) => line(row)).join('\n')}`;
}
