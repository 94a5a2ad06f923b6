import { pictureSentence } from '@/lib/format/clip-sentences.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import styles from './clips.module.css';

interface Props {
  picture: ShownPicture;
  /** Path of the clip. */
  source: string;
}

/** A frame of a clip, on black as in a viewer; it takes its place before it is there. */
export function Picture({ picture: { src, width, height, ...at }, source }: Props) {
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
