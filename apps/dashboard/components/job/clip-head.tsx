import { Tile } from '@/components/pictures/tile.tsx';
import { Status } from '@/components/text/status.tsx';
import { Name } from '@/components/text/words.tsx';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import type { ReadClip } from '@/lib/reading/narrow-result.ts';
import { counted, fileNameOf, formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import styles from './job.module.css';

interface Props {
  clip: ReadClip;
  /** From 1. */
  number: number;
  pictures: readonly ShownPicture[];
}

/** A clip in a line: what it shows, its name, its figures and what became of it. */
export function ClipHead({ clip, number, pictures }: Props) {
  const { source_path, status } = clip;
  return (
    <summary className={styles.clipHead}>
      <span className={styles.clipNumber} aria-hidden="true">
        {String(number).padStart(3, '0')}
      </span>
      <span className={styles.frames}>
        {(pictures.length === 0 ? [undefined] : pictures).map((picture) => (
          <Tile
            key={picture?.src ?? 'none'}
            picture={picture}
            source={source_path}
            status={status}
          />
        ))}
      </span>
      <h3>
        <span className="visually-hidden">Clip {number}: </span>
        <Name value={fileNameOf(source_path)} />
      </h3>
      <Figures clip={clip} />
      <Status verdict={status === 'FAILED' ? 'failed' : 'done'} isQuiet={status !== 'FAILED'} />
    </summary>
  );
}

function Figures({ clip }: { clip: ReadClip }) {
  const { output_size_bytes, exit_code, duration_seconds, verification, warnings } = clip;
  const passed = verification.filter((check) => check.passed).length;
  return (
    <span className={styles.clipFigures}>
      {verification.length > 0 && (
        <span>
          {passed} of {verification.length} checks passed
        </span>
      )}
      {warnings.length > 0 && (
        <span className={styles.warned}>{counted(warnings.length, 'warning')}</span>
      )}
      {output_size_bytes !== null && <span>{formatBytes(output_size_bytes)}</span>}
      <span>{formatDuration(duration_seconds)}</span>
      {exit_code !== null && exit_code !== 0 && <span>exit code {exit_code}</span>}
    </span>
  );
}
