import { ContactSheet } from '@/components/pictures/contact-sheet.tsx';
import { NoPictures } from '@/components/pictures/no-pictures.tsx';
import { SheetLinks } from '@/components/pictures/sheet-links.tsx';
import { Name } from '@/components/text/words.tsx';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { JobRow } from '@/lib/jobs/job-row.ts';
import { CLIPS_A_PAGE, jobPath, sheetPath } from '@/lib/query/job-path.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ClipPager } from './clip-pager.tsx';
import styles from './job.module.css';

interface Props {
  job: JobRow;
  /** Page of clips, from 1. */
  page: number;
  /** Its clips. */
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
}

/** What the clips of a job show. */
export function JobSheet({ job, page, rows, pictures }: Props) {
  const [list, sheet] = [jobPath(job), sheetPath(job)];
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <h1>
          <Name value={job.name} />
        </h1>
        <SheetLinks {...{ list, sheet }} shown="sheet" />
      </header>
      {pictures.size === 0 ? <NoPictures list={list} /> : <ContactSheet {...{ rows, pictures }} />}
      <ClipPager path={sheet} page={page} last={Math.ceil((job.total_clips ?? 0) / CLIPS_A_PAGE)} />
    </article>
  );
}
