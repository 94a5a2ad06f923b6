import { CardList } from '@/components/overview/card-list.tsx';
import { FolderStrip } from '@/components/overview/folder-strip.tsx';
import { Headline } from '@/components/overview/headline.tsx';
import { NeedsList } from '@/components/overview/needs-list.tsx';
import { RunningJobs } from '@/components/overview/running-jobs.tsx';
import styles from '@/components/overview/overview.module.css';
import { IndexingNote } from '@/components/shell/notes.tsx';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { needsOf } from '@/lib/query/needs.ts';

const NEEDS_SHOWN = 40;

/** Overview: progress, alarms and finish times; then recent cards beside clips that need attention. */
export default function OverviewPage() {
  const index = watchIndex();
  const needs = needsOf(index, NEEDS_SHOWN);
  return (
    <div className="page">
      <Headline index={index} needs={needs} />
      <FolderStrip index={index} />
      <IndexingNote index={index} />
      <RunningJobs index={index} />
      <div className={styles.columns}>
        <CardList index={index} />
        <NeedsList needs={needs} />
      </div>
    </div>
  );
}
