import { Name } from '@/components/text/words.tsx';
import { spaceSentence } from '@/lib/format/pace-sentences.ts';
import type { FolderView } from '@/lib/jobs/folder-view.ts';
import styles from './overview.module.css';

/** Less than this share of a volume is worth a look. */
const LITTLE = 0.1;

/** What is free on the volume of each watch folder, against all of it. */
export function FreeSpace({ folders }: { folders: readonly FolderView[] }) {
  const known = folders.filter(({ space }) => space !== null);
  if (known.length === 0) return null;
  return (
    <figure className={styles.small} aria-labelledby="space">
      <figcaption>
        <strong id="space">Free where the watch folders lie</strong>
      </figcaption>
      <ul className={styles.volumes}>
        {known.map(({ name, space }) => (
          <Volume key={name} name={name} {...(space ?? { free: 0, total: 1 })} />
        ))}
      </ul>
    </figure>
  );
}

function Volume({ name, free, total }: { name: string; free: number; total: number }) {
  const used = 1 - free / total;
  return (
    <li>
      <span>
        <Name value={name} limit={60} /> {spaceSentence({ free, total })}
      </span>
      <svg aria-hidden="true" height="22">
        <rect className={styles.volume} width="100%" height="10" />
        <rect
          className={styles.used}
          data-full={free / total < LITTLE}
          width={`${used * 100}%`}
          height="10"
        />
        {[0, 0.5, 1].map((share) => (
          <text key={share} className={styles.scale} x={`${share * 100}%`} y="21" data-at={share}>
            {share * 100} %
          </text>
        ))}
      </svg>
    </li>
  );
}
