import type { Throughput } from '@/lib/query/throughput.ts';
import { formatCount } from '@/lib/text/quantities.ts';
import styles from './overview.module.css';

interface Props {
  /** What the rows are. */
  unit: string;
  data: readonly Throughput[];
}

/** What a chart draws, as a table. */
export function Figures({ unit, data }: Props) {
  const isCompared = data.some(({ before }) => before !== undefined);
  const isUnclear = data.some(({ unclear }) => unclear > 0);
  const told = data.filter(
    ({ completed, failed, unclear, before = 0 }) => completed + failed + unclear + before > 0,
  );
  return (
    <details className={styles.figures}>
      <summary>In figures</summary>
      {told.length === 0 ? (
        <p>No job ended.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{unit}</th>
              <th scope="col">Completed</th>
              <th scope="col">Failed</th>
              {isUnclear && <th scope="col">Not known</th>}
              {isCompared && <th scope="col">A week ago</th>}
            </tr>
          </thead>
          <tbody>
            {told.map(({ label, completed, failed, unclear, before = 0 }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{formatCount(completed)}</td>
                <td>{formatCount(failed)}</td>
                {isUnclear && <td>{formatCount(unclear)}</td>}
                {isCompared && <td>{formatCount(before)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
