import { cardRootOf } from '@app/assistant/card';
import { jobProgress, fractionDone } from '@app/jobspec/folder';
import { A } from '@/components/text/a.tsx';
import { ProgressBar } from '@/components/text/sums-bar.tsx';
import { CardLink, Name } from '@/components/text/words.tsx';
import { activeJob, nowSentence } from '@/lib/words/now-sentence.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { runningJobs } from '@/lib/query/job-rows.ts';
import { clipPath, jobPath } from '@/lib/query/job-path.ts';
import { fileNameOf } from '@/lib/index/paths.ts';
import { Finish } from '@/components/text/finish.tsx';
import styles from './overview.module.css';

const SHOWN = 20;

/** Running jobs with their progress. */
export function RunningJobs({ index }: { index: WatchIndex }) {
  const jobs = runningJobs(index, SHOWN).flatMap((row) => {
    const folder = index.folder(row.folder);
    const active = folder && activeJob(folder.runner, row.name);
    return active ? [{ row, folder, active }] : [];
  });
  if (jobs.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="running">
      <h2 id="running">Running</h2>
      <ul className={styles.list}>
        {jobs.map(({ row, folder, active }) => (
          <li key={jobPath(row)} className="sheet padded stack">
            <p className={`row ${styles.what}`}>
              {active.source_path !== null && active.clip !== null && (
                <>
                  <CardLink path={cardRootOf(active.source_path)} />
                  <A href={clipPath(row, active.clip - 1)}>
                    <Name value={fileNameOf(active.source_path)} limit={160} />
                  </A>
                </>
              )}
              <A className="soft" href={jobPath(row)}>
                <Name value={row.name} limit={160} />
              </A>
            </p>
            <ProgressBar share={fractionDone(0, 1, jobProgress(active))} />
            <p>
              {nowSentence(active, folder.runner)}
              <Finish index={index} folder={folder} job={active}>
                Job
              </Finish>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
