import { SheetLinks } from '@/components/pictures/sheet-links.tsx';
import type { WatchIndex } from '@/lib/live/watch-index.ts';
import { CLIPS_A_PAGE, jobPath, sheetPath } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { shownPictures } from '@/lib/query/shown-pictures.ts';
import { clipsMade, cameThrough } from '@/lib/format/clip-sentences.ts';
import { Fold } from '@/components/text/fold.tsx';
import { ClipList, type PicturedClip } from './clip-list.tsx';
import { ClipPager } from './clip-pager.tsx';
import styles from './job.module.css';

interface Props {
  index: WatchIndex;
  job: OpenJob;
  result: NonNullable<OpenJob['result']>;
  /** Page of clips, from 1. */
  page: number;
}

/**
 * So many of a job that went well are told whole; of others, those that came through are a line each until they are opened. Below a failed one they are
 * folded on a narrow screen.
 */
const TOLD_WHOLE = 3;

/** The clips of a job; a failed one stands first, out of turn. */
export async function Clips({ index, job, result, page }: Props) {
  const { row, clips, isIndexed } = job;
  const { listed } = result;
  if (listed === 0) return null;
  const { folder, state, name } = row;
  // What is fetched beside the page is found by the index only.
  const pictures = await shownPictures(
    index,
    (isIndexed ? clips : []).map(({ clip, number }) =>
      Object.assign({ folder, state, job: name, index: number - 1 }, { pictures: clip.pictures }),
    ),
  );
  const roots = isIndexed ? index.settings.mediaRoots : [];
  const isPictured = pictures.some(({ length }) => length > 0);
  const pictured = clips.map((numbered, place) =>
    Object.assign({ pictures: pictures[place] ?? [] }, numbered),
  );
  const isMany = listed > TOLD_WHOLE || result.final_status !== 'COMPLETED';
  const list = (some: readonly PicturedClip[]) => (
    <ClipList clips={some} isWhole={!isMany} {...{ row, roots, isPictured }} />
  );
  const failed = pictured.filter(({ clip }) => clip.status === 'FAILED');
  const through = pictured.filter(({ clip }) => clip.status !== 'FAILED');
  const isFolded = isMany && failed.length > 0 && through.length > 0;
  return (
    <section className={styles.section} aria-labelledby="clips">
      <div className={styles.clipsHead}>
        <h2 id="clips">{clipsMade(result)}</h2>
        {isPictured && <SheetLinks list={jobPath(row)} sheet={sheetPath(row)} shown="list" />}
      </div>
      {list(isFolded ? failed : [...failed, ...through])}
      {isFolded && (
        <Fold id="through" title={cameThrough(through.length)}>
          {list(through)}
        </Fold>
      )}
      <ClipPager path={jobPath(row)} page={page} last={Math.ceil(listed / CLIPS_A_PAGE)} />
    </section>
  );
}
