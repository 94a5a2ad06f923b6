import { Name } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/format/clip-sentences.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import { splitPath } from '@/lib/names/words.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import { ClipBar } from './clip-bar.tsx';
import { ClipLine } from './clip-line.tsx';
import styles from './clips.module.css';

/** Clips by the folder of their sources: a card, a day. Each with its own sum. */
export function ClipGroups({ view }: { view: ClipPage }) {
  return (
    <div className={styles.groups}>
      {groupsOf(view.rows).map((rows) => (
        <Group key={`${rows[0]?.dir} ${rows[0]?.job} ${rows[0]?.index}`} rows={rows} view={view} />
      ))}
    </div>
  );
}

function Group({ rows, view }: { rows: readonly ClipRow[]; view: ClipPage }) {
  const [first] = rows;
  if (first === undefined) return null;
  const sums = view.groups.get(first.dir);
  return (
    <section className={styles.group}>
      <header className={styles.groupHead}>
        <h2>
          <Name value={splitPath(first.source_path).dir || 'No folder'} />
        </h2>
        {sums !== undefined && <p className={styles.sum}>{clipsSentence(sums)}</p>}
        {sums !== undefined && <ClipBar sums={sums} />}
      </header>
      <ul>
        {rows.map((row) => (
          <ClipLine key={`${row.folder} ${row.state} ${row.job} ${row.index}`} row={row} />
        ))}
      </ul>
    </section>
  );
}

/** Neighbours of the same folder. */
function groupsOf(rows: readonly ClipRow[]): ClipRow[][] {
  const groups: ClipRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.dir === row.dir) last.push(row);
    else groups.push([row]);
  }
  return groups;
}
