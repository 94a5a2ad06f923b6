import { toldKinds } from '@/lib/format/told-kinds.ts';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ContactSheet } from '@/components/pictures/contact-sheet.tsx';
import { ClipGroupHead } from './clip-group-head.tsx';
import { ClipLines } from './clip-lines.tsx';
import styles from './clips.module.css';

interface Props {
  view: ClipPage;
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  shown: 'list' | 'sheet';
}

/** Clips by the folder of their sources: a card, a day. Each with its own sum. */
export function ClipGroups({ view, pictures, shown }: Props) {
  return (
    <div className={styles.groups}>
      {groupsOf(view.rows).map((rows) => (
        <Group
          key={`${rows[0]?.dir} ${rows[0]?.job} ${rows[0]?.index}`}
          rows={rows}
          {...{ view, pictures, shown }}
        />
      ))}
    </div>
  );
}

function Group({ rows, view, pictures, shown }: Props & { rows: readonly ClipRow[] }) {
  const [first] = rows;
  if (first === undefined) return null;
  const kinds = toldKinds(rows);
  return (
    <section className={styles.group}>
      <ClipGroupHead path={first.source_path} sums={view.groups.get(first.dir)} />
      {shown === 'sheet' ? (
        <ContactSheet
          rows={rows.filter(({ latest }) => latest)}
          others={rows.filter(({ latest }) => !latest)}
          pictures={pictures}
        />
      ) : (
        <ClipLines rows={rows} pictures={pictures} kinds={kinds} />
      )}
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
