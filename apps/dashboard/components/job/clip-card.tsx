import { Name, Reason, Sentence } from '@/components/text/words.tsx';
import { Status } from '@/components/text/status.tsx';
import { fileNameOf, formatBytes, formatDuration } from '@/lib/text/quantities.ts';
import { ClipCommand } from './clip-command.tsx';
import { Stderr } from './stderr.tsx';
import { Verification } from './verification.tsx';
import type { ReadClip } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

const WARNINGS_SHOWN = 50;

/** One clip: what it came from, what it became, and how that was checked. */
export function ClipCard({ clip, number }: { clip: ReadClip; number: number }) {
  const failed = clip.status === 'FAILED';
  return (
    <li className={styles.clip} data-failed={failed} id={`clip-${number}`}>
      <span className={styles.clipNumber} aria-hidden="true">
        {String(number).padStart(3, '0')}
      </span>
      <div className={styles.clipBody}>
        <div className={styles.clipHead}>
          <h3>
            <span className="visually-hidden">Clip {number}: </span>
            <Name value={fileNameOf(clip.source_path)} />
          </h3>
          <Status verdict={failed ? 'failed' : 'done'} />
        </div>
        {clip.failure_reason !== null && (
          <div className={styles.clipReason}>
            <Reason value={clip.failure_reason} />
          </div>
        )}
        <Figures clip={clip} />
        <Paths clip={clip} />
        <Warnings warnings={clip.warnings} />
        <Verification checks={clip.verification} open={failed} />
        <Stderr text={clip.stderr} />
        <ClipCommand clip={clip} />
      </div>
    </li>
  );
}

function Figures({ clip }: { clip: ReadClip }) {
  const { output_size_bytes, exit_code, engine, duration_seconds, verification } = clip;
  const passed = verification.filter((check) => check.passed).length;
  return (
    <p className={styles.clipFigures}>
      {output_size_bytes !== null && <span>{formatBytes(output_size_bytes)}</span>}
      <span>{formatDuration(duration_seconds)}</span>
      <span>{engine}</span>
      {exit_code !== null && <span>exit code {exit_code}</span>}
      {verification.length > 0 && (
        <span>
          {passed} of {verification.length} checks passed
        </span>
      )}
    </p>
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
