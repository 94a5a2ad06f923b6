import { Picture } from '@/components/clips/picture.tsx';
import type { Playable } from '@/lib/query/playable.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import styles from './clip.module.css';

interface Props {
  source: string;
  pictures: readonly ShownPicture[];
  playable: Playable | null;
}

/** A clip as it looks: its frames, each to be opened alone, and the proxy itself, fetched when it is played; or why it can't be. */
export function ClipMedia({ source, pictures, playable }: Props) {
  const { src, note } = playable ?? { src: null, note: null };
  return (
    <>
      {src !== null && (
        <video
          className={styles.player}
          controls
          preload="none"
          playsInline
          src={src}
          poster={pictures[Math.trunc(pictures.length / 2)]?.src}
          aria-label={`Proxy of ${clipped(visibleLine(fileNameOf(source)), 200)}`}
        />
      )}
      {pictures.length > 0 && (
        <ul className={styles.strip}>
          {pictures.map((picture) => (
            <li key={picture.src}>
              <a href={picture.src}>
                <Picture picture={picture} source={source} />
              </a>
              {picture.timecode ?? ''}
            </li>
          ))}
        </ul>
      )}
      {note !== null && <p className={styles.soft}>{note}</p>}
    </>
  );
}
