import { Pager } from '@/components/jobs/pager.tsx';
import { CardGroup } from '@/components/clips/card-group.tsx';
import { CLIPS_A_PAGE, jobPath } from '@/lib/query/job-path.ts';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import { thumbnails } from '@/lib/query/shown-pictures.ts';
import { grouped } from '@/lib/text/grouped.ts';
import { counted } from '@/lib/text/quantities.ts';
import { NowElsewhere } from './now-elsewhere.tsx';
import styles from './job.module.css';

interface Props {
  index: WatchIndex;
  job: Pick<OpenJob, 'row'>;
  /** Page of clips, from 1. */
  page: number;
}

/** The clips of a job in the order of its sources, each with a page of its own. A job may have 10,000. */
export function JobClips({ index, job: { row }, page }: Props) {
  const rows = clipsOfJob(index, row, (page - 1) * CLIPS_A_PAGE, CLIPS_A_PAGE);
  if (rows.length === 0) return null;
  const pictures = thumbnails(rows);
  const cards = grouped(rows, ({ card }) => card);
  return (
    <section className={styles.section} aria-labelledby="clips">
      <h2 id="clips">{counted(Math.max(row.total_clips ?? 0, rows.length), 'clip')}</h2>
      {Array.from(cards, ([card, clips]) => (
        <CardGroup key={card} {...{ index, card, pictures }} rows={clips} shown="list" />
      ))}
      <NowElsewhere rows={rows} />
      <Pager
        label="Pages of clips"
        page={page}
        last={Math.ceil((row.total_clips ?? 0) / CLIPS_A_PAGE)}
        href={(to) => `${jobPath(row)}?clips=${to}`}
      />
    </section>
  );
}
