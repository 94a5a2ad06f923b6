import type { ReactNode } from 'react';
import { ClipRelation } from '@/components/text/clip-relation.tsx';
import { Tile } from '@/components/pictures/tile.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { clipReason, clipsSentence, CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow, ClipSums } from '@/lib/jobs/clip-row.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { fileNameOf, formatBytes } from '@/lib/text/quantities.ts';
import styles from './report.module.css';

interface Props {
  dir: string;
  /** Not known in every view. */
  sums: ClipSums | undefined;
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
}

/** The clips of one folder of sources. */
export function ReportTable({ dir, sums, rows, pictures }: Props) {
  const isPictured = rows.some((row) => pictures.has(row));
  return (
    <section className={styles.card}>
      <h2>
        <Name value={dir || 'No folder'} />
      </h2>
      {sums !== undefined && <p>{clipsSentence(sums)}</p>}
      <div className={styles.scroll} role="group" aria-label={`Clips of ${dir}`} tabIndex={0}>
        <table role="table" className={styles.table}>
          <Head isPictured={isPictured} />
          <tbody role="rowgroup">
            {rows.map((row) => (
              <Row key={`${row.folder} ${row.state} ${row.job} ${row.index}`} row={row}>
                {isPictured && (
                  <td role="cell" className={styles.poster}>
                    <Tile
                      picture={pictures.get(row)}
                      source={row.source_path}
                      status={row.status}
                    />
                  </td>
                )}
              </Row>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Head({ isPictured }: { isPictured: boolean }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {isPictured && <Column>Picture</Column>}
        <Column>Clip</Column>
        <Column>State</Column>
        <Column>Timecode</Column>
        <Column>Checks</Column>
        <Column>Size</Column>
        <Column>Proxy and its xxHash64</Column>
      </tr>
    </thead>
  );
}

function Column({ children }: { children: string }) {
  return (
    <th role="columnheader" scope="col">
      {children}
    </th>
  );
}

function Row({ row, children }: { row: ClipRow; children: ReactNode }) {
  const reason = clipReason(row);
  return (
    <tr role="row" data-status={row.status}>
      {children}
      <th role="rowheader" scope="row">
        <Name value={fileNameOf(row.source_path)} limit={160} />
        {reason !== null && (
          <p className={styles.reason}>
            <Sentence value={reason} limit={300} />
          </p>
        )}
        {row.other !== null && (
          <p className={styles.reason}>
            <ClipRelation row={row} />
          </p>
        )}
      </th>
      <td role="cell" className={styles.state}>
        {CLIP_VERDICTS[row.status].label}
      </td>
      <td role="cell">{row.timecode ?? ''}</td>
      <td role="cell">
        {row.checks_total === 0 ? '' : `${row.checks_passed} of ${row.checks_total}`}
        {row.checks_total > 0 && <span className={styles.label}> checks</span>}
      </td>
      <td role="cell">
        {row.output_size_bytes === null ? '' : formatBytes(row.output_size_bytes)}
      </td>
      <td role="cell" className={styles.proxy}>
        {row.output_path !== '' && <Name value={fileNameOf(row.output_path)} limit={160} />}
        {row.kind !== null && <span>{row.kind}</span>}
        {row.output_xxh64 !== null && <span>{row.output_xxh64}</span>}
      </td>
    </tr>
  );
}
