import { Name, Sentence } from '@/components/text/words.tsx';
import { clipReason, CLIP_VERDICTS } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { fileNameOf, formatBytes } from '@/lib/text/quantities.ts';
import styles from './report.module.css';

/** The clips of one folder of sources. */
export function ReportTable({ dir, rows }: { dir: string; rows: readonly ClipRow[] }) {
  return (
    <section className={styles.card}>
      <h2>
        <Name value={dir || 'No folder'} />
      </h2>
      <div className={styles.scroll} role="group" aria-label={`Clips of ${dir}`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Clip</th>
              <th scope="col">State</th>
              <th scope="col">Timecode</th>
              <th scope="col">Checks</th>
              <th scope="col">Size</th>
              <th scope="col">xxHash64 of the proxy</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.folder} ${row.state} ${row.job} ${row.index}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row }: { row: ClipRow }) {
  const reason = clipReason(row);
  return (
    <tr data-status={row.status}>
      <th scope="row">
        <Name value={fileNameOf(row.source_path)} limit={160} />
        {reason !== null && (
          <p className={styles.reason}>
            <Sentence value={reason} limit={300} />
          </p>
        )}
      </th>
      <td>{CLIP_VERDICTS[row.status].label}</td>
      <td>{row.timecode ?? ''}</td>
      <td>{row.checks_total === 0 ? '' : `${row.checks_passed} of ${row.checks_total}`}</td>
      <td>{row.output_size_bytes === null ? '' : formatBytes(row.output_size_bytes)}</td>
      <td>{row.output_xxh64 ?? ''}</td>
    </tr>
  );
}
