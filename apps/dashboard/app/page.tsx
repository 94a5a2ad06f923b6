import { CardList } from '@/components/overview/card-list.tsx';
import { DaysChart } from '@/components/overview/days-chart.tsx';
import { FirstSteps, waitsForFirstJob } from '@/components/overview/first-steps.tsx';
import { FolderSlates } from '@/components/overview/folder-slates.tsx';
import { Headline } from '@/components/overview/headline.tsx';
import { NeedsList } from '@/components/overview/needs-list.tsx';
import { RunningJobs } from '@/components/overview/running-jobs.tsx';
import { IndexingNote } from '@/components/shell/notes.tsx';
import styles from '@/components/overview/overview.module.css';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { lastEvening } from '@/lib/query/days.ts';
import { needsOf } from '@/lib/query/needs.ts';
import { minuteRule } from '@/lib/query/rules.ts';
import type { PageParameters } from '@/lib/query/requested-query.ts';

const NEEDS_SHOWN = 6;

/** What stands still, what needs somebody, what runs until when, and the cards of last night. */
export default async function OverviewPage({ searchParams }: { searchParams: PageParameters }) {
  const index = watchIndex();
  const now = Date.now();
  const { since: asked } = await searchParams;
  const since =
    typeof asked === 'string' && minuteRule.read(asked) !== null ? asked : lastEvening(now);
  const needs = needsOf(index, NEEDS_SHOWN);
  return (
    <div className={styles.page}>
      <Headline {...{ index, needs }} />
      <IndexingNote index={index} />
      {waitsForFirstJob(index) ? (
        <FirstSteps index={index} />
      ) : (
        <>
          <NeedsList needs={needs} />
          <RunningJobs index={index} />
          <CardList {...{ index, since, now }} />
        </>
      )}
      <FolderSlates index={index} />
      {!waitsForFirstJob(index) && <DaysChart index={index} now={now} />}
    </div>
  );
}
