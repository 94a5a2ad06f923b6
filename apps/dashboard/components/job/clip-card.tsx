import { Name, Reason, Sentence } from '@/components/text/words.tsx';
import type { Playable } from '@/lib/query/playable.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import type { ReadClip } from '@/lib/reading/narrow-result.ts';
import { ClipCommand } from './clip-command.tsx';
import { ClipHead } from './clip-head.tsx';
import { ClipMedia } from './clip-media.tsx';
import { Stderr } from './stderr.tsx';
import { Verification } from './verification.tsx';
import styles from './job.module.css';

const WARNINGS_SHOWN = 50;

interface Props {
  clip: ReadClip;
  /** From 1. */
  number: number;
  pictures: readonly ShownPicture[];
  playable: Playable | null;
  /** Told whole without being asked. */
  isWhole: boolean;
}

/** One clip: what it came from, what it became, and how that was checked. */
export function ClipCard({ clip, number, pictures, playable, isWhole }: Props) {
  const failed = clip.status === 'FAILED';
  return (
    <li className={styles.clip} data-failed={failed} id={`clip-${number}`}>
      <details className={styles.clipFold} open={failed || isWhole}>
        <ClipHead {...{ clip, number, pictures }} />
        <div className={styles.clipBody}>
          {clip.failure_reason !== null && (
            <div className={styles.clipReason}>
              <Reason value={clip.failure_reason} />
            </div>
          )}
          <ClipMedia source={clip.source_path} {...{ pictures, playable }} />
          <Paths clip={clip} />
          <Warnings warnings={clip.warnings} />
          <Verification checks={clip.verification} />
          <Stderr clip={clip} />
          <ClipCommand clip={clip} />
        </div>
      </details>
    </li>
  );
}

function Paths({ clip }: { clip: ReadClip }) {
  const paths = [
    ['Source', clip.source_path],
    ['Proxy', clip.resolved_output_path],
    ['Kept', clip.partial_output_path],
  ] as const;
  return (
    <dl className={styles.paths}>
      {paths.map(([label, path]) =>
        path === null || path === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Name value={path} limit={4096} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul className={styles.warnings} aria-label="Warnings">
      {[...new Set(warnings)].slice(0, WARNINGS_SHOWN).map((warning) => (
        <li key={warning}>
          <Sentence value={warning} limit={1000} />
        </li>
      ))}
    </ul>
  );
}
