import { CardList } from '@/components/overview/card-list.tsx';
import { DaysChart } from '@/components/overview/days-chart.tsx';
import { FirstSteps, waitsForFirstJob } from '@/components/overview/first-steps.tsx';
import { FolderSlates } from '@/components/overview/folder-slates.tsx';
import { Headline } from '@/components/overview/headline.tsx';
import { NeedsList } from '@/components/overview/needs-list.tsx';
import { RunningJobs } from '@/components/overview/running-jobs.tsx';
import { IndexingNote } from '@/components/shell/notes.tsx';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { needsOf } from '@/lib/query/needs.ts';

const NEEDS_SHOWN = 6;

/** What stands still, what needs somebody, what runs until when, and the cards of the last days. */
export default function OverviewPage() {
  const index = watchIndex();
  const needs = needsOf(index, NEEDS_SHOWN);
  const isNew = waitsForFirstJob(index);
  return (
    <div className="page">
      <Headline {...{ index, needs }} />
      <IndexingNote index={index} />
      {isNew && <FirstSteps index={index} />}
      <NeedsList needs={needs} />
      <RunningJobs index={index} />
      {!isNew && <CardList index={index} />}
      <FolderSlates index={index} />
      {!isNew && <DaysChart index={index} />}
    </div>
  );
}
