import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { Picture } from './picture.tsx';
import styles from './pictures.module.css';

interface Props {
  pictures: readonly ShownPicture[];
  source: string;
}

/** The frames of a clip side by side, each with its timecode. */
export function Strip({ pictures, source }: Props) {
  if (pictures.length === 0) return null;
  return (
    <ul className={styles.strip}>
      {pictures.map((picture) => (
        <li key={picture.src}>
          <Picture picture={picture} source={source} />
          {picture.timecode !== null && (
            <span className={styles.timecode} aria-hidden="true">
              {picture.timecode}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
