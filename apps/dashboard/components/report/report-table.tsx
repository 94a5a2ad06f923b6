import type { ReactNode } from 'react';
import { ClipRelation } from '@/components/clips/clip-relation.tsx';
import { Tile } from '@/components/pictures/tile.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { clipReason, CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { fileNameOf, formatBytes } from '@/lib/text/quantities.ts';
import styles from './report.module.css';

interface Props {
  dir: string;
  rows: readonly ClipRow[];
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
}

/** The clips of one folder of sources. */
export function ReportTable({ dir, rows, pictures }: Props) {
  const isPictured = rows.some((row) => pictures.has(row));
  return (
    <section className={styles.card}>
      <h2>
        <Name value={dir || 'No folder'} />
      </h2>
      <div className={styles.scroll} role="group" aria-label={`Clips of ${dir}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {isPictured && <th scope="col">Picture</th>}
              <th scope="col">Clip</th>
              <th scope="col">State</th>
              <th scope="col">Timecode</th>
              <th scope="col">Checks</th>
              <th scope="col">Size</th>
              <th scope="col">Proxy and its xxHash64</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.folder} ${row.state} ${row.job} ${row.index}`} row={row}>
                {isPictured && (
                  <td className={styles.poster}>
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

function Row({ row, children }: { row: ClipRow; children: ReactNode }) {
  const reason = clipReason(row);
  return (
    <tr data-status={row.status}>
      {children}
      <th scope="row">
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
      <td className={styles.state}>{CLIP_VERDICTS[row.status].label}</td>
      <td>{row.timecode ?? ''}</td>
      <td>{row.checks_total === 0 ? '' : `${row.checks_passed} of ${row.checks_total}`}</td>
      <td>{row.output_size_bytes === null ? '' : formatBytes(row.output_size_bytes)}</td>
      <td className={styles.proxy}>
        {row.output_path !== '' && <Name value={fileNameOf(row.output_path)} limit={160} />}
        {row.kind !== null && <span>{row.kind}</span>}
        {row.output_xxh64 !== null && <span>{row.output_xxh64}</span>}
      </td>
    </tr>
  );
}
