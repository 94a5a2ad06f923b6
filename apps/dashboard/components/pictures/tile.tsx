import type { ClipStatus } from '@/lib/jobs/clip-row.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { Picture } from './picture.tsx';
import styles from './pictures.module.css';

interface Props {
  /** Left out: the clip has none, among others that have. */
  picture: ShownPicture | undefined;
  source: string;
  status: ClipStatus;
}

/** The poster of a clip; in the place of one that failed, a mark that nobody overlooks. */
export function Tile({ picture, source, status }: Props) {
  if (picture !== undefined) return <Picture picture={picture} source={source} />;
  return status === 'FAILED' ? <span className={styles.failed} aria-hidden="true" /> : null;
}
