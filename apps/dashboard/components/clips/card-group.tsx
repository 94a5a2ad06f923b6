import type { ReactNode } from 'react';
import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { clipReason, pictureSentence } from '@/lib/words/clip-sentences.ts';
import { kindWords } from '@/lib/words/look-words.ts';
import { CLIP_VERDICTS, clipVerdict } from '@/lib/words/state-words.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import type { ClipRow } from '@/lib/index/clip-row.ts';
import { middleThumbnail, type Thumbnail } from '@/lib/query/clip-media.ts';
import { clipPath } from '@/lib/query/job-path.ts';
import { formatBytes, formatDuration } from '@/lib/words/quantities.ts';
import { fileNameOf } from '@/lib/index/paths.ts';
import styles from './clips.module.css';

const REASON_LIMIT = 400;

interface Props {
  index: WatchIndex;
  rows: readonly ClipRow[];
  /** Heading; omitted for the only card of a view. */
  children?: ReactNode;
}

/** Clips of a card. */
export function CardGroup({ index, rows, children }: Props) {
  const showsFormat = new Set(rows.map(({ kind }) => kind)).size > 1;
  const hasThumbnails = rows.some(({ pictures }) => pictures.length > 0);
  return (
    <section className={`sheet ${styles.group}`} data-pictured={hasThumbnails}>
      {children !== undefined && <header className={styles.groupHead}>{children}</header>}
      <ul className="rows">
        {rows.map((row) => (
          <ClipLine key={row.id} {...{ index, row, showsFormat }} />
        ))}
      </ul>
    </section>
  );
}

interface ClipProps {
  index: WatchIndex;
  row: ClipRow;
  /** True if the card has proxies of several formats. */
  showsFormat: boolean;
}

function ClipLine({ index, row, showsFormat }: ClipProps) {
  const runner = index.folder(row.folder)?.runner;
  const reason = clipReason(row, runner);
  const picture = middleThumbnail(row);
  const kind = showsFormat && row.kind !== null ? kindWords(row.kind) : null;
  const facts = [
    kind,
    row.timecode,
    row.media_seconds !== null && formatDuration(row.media_seconds),
    row.output_size_bytes !== null && formatBytes(row.output_size_bytes),
  ];
  return (
    <li className={styles.line}>
      <div className={styles.poster}>
        {picture !== undefined && <Picture picture={picture} source={row.source_path} />}
      </div>
      <span className={styles.name}>
        <ClipName row={row} />
      </span>
      <Status {...clipVerdict(row, runner)} />
      <p className={`${reason === null ? 'soft' : ''} ${styles.facts}`}>
        {reason === null ? (
          facts.filter(Boolean).join(', ')
        ) : (
          <Sentence value={kind === null ? reason : `${kind}: ${reason}`} limit={REASON_LIMIT} />
        )}
        {row.now !== null && (
          <>
            {' '}
            Latest: {CLIP_VERDICTS[row.now.status].label.toLowerCase()}, by{' '}
            <A href={clipPath(row.now, row.now.index)}>
              <Name value={row.now.name} limit={120} />
            </A>
          </>
        )}
      </p>
      <p className={`soft ${styles.aside}`}>
        {(row.state === 'completed' || row.state === 'failed') && <Moment at={row.when} />}
      </p>
    </li>
  );
}

/** Name of a clip, linked to its page unless no job requests it. */
export function ClipName({ row }: { row: ClipRow }) {
  const name = (
    <Name value={fileNameOf(row.source_path) || fileNameOf(row.output_path)} limit={160} />
  );
  if (row.state === 'media') return name;
  return <A href={clipPath({ ...row, name: row.job }, row.index)}>{name}</A>;
}

interface PictureProps {
  picture: Thumbnail;
  /** Path of the clip. */
  source: string;
}

/** Thumbnail whose space is reserved while it loads. */
export function Picture({ picture: { src, width, height, ...at }, source }: PictureProps) {
  return (
    <img
      className={styles.picture}
      src={src}
      width={width}
      height={height}
      alt={pictureSentence(source, at)}
      loading="lazy"
      decoding="async"
    />
  );
}
