import { shellCommand } from '@app/jobspec/folder';
import { adviceOf, type ReadClip } from '@app/jobspec/result';
import { Picture } from '@/components/clips/card-group.tsx';
import { A } from '@/components/text/a.tsx';
import { Moment } from '@/components/text/moment.tsx';
import { Notice } from '@/components/text/notice.tsx';
import { Status } from '@/components/text/status.tsx';
import { CardLink, Name, Sentence } from '@/components/text/words.tsx';
import { copied, FactList, type Fact } from '@/components/job/facts.tsx';
import { Command, Remedy } from '@/components/job/failure.tsx';
import { clipReason } from '@/lib/words/clip-sentences.ts';
import { kindWords, lookWords } from '@/lib/words/look-words.ts';
import { isEngineReason } from '@/lib/words/sentences.ts';
import { CLIP_VERDICTS, clipVerdict } from '@/lib/words/state-words.ts';
import type { ClipRow } from '@/lib/index/clip-row.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import { attemptsAt } from '@/lib/query/clip-rows.ts';
import { clipPath, jobPath, mediaPathOf } from '@/lib/query/job-path.ts';
import type { OpenJob } from '@/lib/query/open-job.ts';
import { isPlayable, middleThumbnail, thumbnailsOf } from '@/lib/query/clip-media.ts';
import { formatBytes } from '@/lib/words/quantities.ts';
import { isMediaGone } from '@/lib/index/media-file.ts';
import { fileNameOf } from '@/lib/index/paths.ts';
import { loudnessWords } from '@/lib/words/ticks.ts';
import { clipped, visibleLine } from '@/lib/index/visible-text.ts';
import { Checks, Ticks } from './ticks.tsx';
import story from '@/components/job/job.module.css';
import styles from './clip.module.css';

interface Props {
  index: WatchIndex;
  row: ClipRow;
  /** Its job, opened for this clip. */
  job: OpenJob;
}

/** Page of a clip: verification, thumbnails and the path of its proxy. */
export async function ClipStory({ index, row, job }: Props) {
  const { clip } = job;
  const { mediaRoots } = index.settings;
  const isGone = row.status === 'COMPLETED' && (await isMediaGone(mediaRoots, row.output_path));
  const hasChecks = clip !== null && clip.verification.length > 0;
  return (
    <article className="page">
      <header className="stack">
        <p>
          Card <CardLink path={row.card} />
        </p>
        <h1>
          <Name value={fileNameOf(row.source_path) || fileNameOf(row.output_path)} />
        </h1>
        <p>
          <Status {...clipVerdict(row, index.folder(row.folder)?.runner)} />
        </p>
      </header>
      <Notice sentences={isGone ? [GONE] : []} />
      <SupersededNote row={row} />
      <Reason {...{ index, row, job }} />
      <div className={styles.columns}>
        <ClipMedia row={row} hasPlayer={!isGone && clip !== null && isPlayable(mediaRoots, clip)} />
        <div className="page">
          {hasChecks && <Ticks clip={clip} />}
          <FactList facts={factsOf({ row, job })} />
          <Warnings warnings={clip?.warnings ?? []} />
          <Attempts index={index} row={row} />
        </div>
      </div>
      {hasChecks && <Checks clip={clip} />}
      {clip !== null && <Technical clip={clip} />}
    </article>
  );
}

const GONE =
  'The proxy isn’t at its path now: it was moved or deleted, or its volume isn’t mounted.';

/** Note on an attempt that has been superseded. */
function SupersededNote({ row: { now } }: { row: ClipRow }) {
  if (now === null) return null;
  return (
    <p className="note" data-of="running">
      Earlier attempt. Latest: {CLIP_VERDICTS[now.status].label.toLowerCase()}, by{' '}
      <A href={clipPath(now, now.index)}>
        <Name value={now.name} limit={160} />
      </A>
    </p>
  );
}

function Reason({ index, row, job: { clip, result } }: Props) {
  const runner = index.folder(row.folder)?.runner;
  const reason = clip?.failure_reason ?? clipReason(row, runner);
  if (reason === null) return null;
  const { failure_type: type, status } = row;
  const cause = clip?.facts.cause ?? result?.cause ?? null;
  const advice = type === null ? null : adviceOf(type, reason, cause);
  const { short, what } = advice ?? { short: clipVerdict(row, runner).label, what: reason };
  return (
    <section className={`sheet padded stack ${story.failure}`} aria-labelledby="why">
      <h2 id="why">{short}</h2>
      <p>
        <Sentence value={what ?? reason} />
      </p>
      {row.now === null && (
        <>
          {advice !== null && <Remedy advice={advice} />}
          {status !== 'WAITING' && (
            <A href={jobPath({ ...row, name: row.job })}>How to retry: see its job</A>
          )}
        </>
      )}
    </section>
  );
}

function factsOf({ row, job: { clip, result, spec } }: Omit<Props, 'index'>): Fact[] {
  const viewing = result?._metadata.asked?.viewing ?? spec?.['viewing'];
  const look = lookWords(viewing, row.index);
  return [
    { label: 'Proxy', value: row.status === 'COMPLETED' && copied(row.output_path) },
    { label: 'Source', value: copied(row.source_path) },
    { label: 'Partial file', value: copied(clip?.partial_output_path) },
    { label: 'Format', value: formOf(row, clip) },
    { label: 'Look and text', value: look && <Sentence value={look} limit={1000} /> },
    { label: 'Size', value: row.output_size_bytes && formatBytes(row.output_size_bytes) },
    { label: 'Timecode', value: row.timecode },
    { label: 'Loudness', value: clip && loudnessWords(clip.facts) },
    { label: 'Reel', value: row.reel && <Name value={row.reel} limit={128} /> },
    {
      label: 'Job',
      value: (
        <A href={jobPath({ ...row, name: row.job })}>
          <Name value={row.job} limit={200} />
        </A>
      ),
    },
  ];
}

/** Format of a proxy: `H.264 mp4, half size, 960x540, 23.976 fps`. */
function formOf({ kind }: ClipRow, clip: ReadClip | null): string {
  const { size, frame_rate } = clip?.facts ?? {};
  const [frames = 0, seconds = 1] = (frame_rate ?? '').split('/').map(Number);
  const rate = Number((frames / seconds).toFixed(3));
  return [kind && kindWords(kind), size, rate > 0 && Number.isFinite(rate) && `${rate} fps`]
    .filter(Boolean)
    .join(', ');
}

/** Player and thumbnails of a clip. */
function ClipMedia({ row, hasPlayer }: { row: ClipRow; hasPlayer: boolean }) {
  const pictures = thumbnailsOf(row);
  if (pictures.length === 0 && !hasPlayer) return null;
  return (
    <div className="stack">
      {hasPlayer && (
        <video
          className={styles.player}
          controls
          preload="none"
          playsInline
          src={mediaPathOf({ ...row, name: row.job }, row.index)}
          poster={middleThumbnail(row)?.src}
          aria-label={`Proxy of ${clipped(visibleLine(fileNameOf(row.source_path)), 200)}`}
        />
      )}
      {pictures.length > 0 && (
        <ul className={styles.strip}>
          {pictures.map((picture) => (
            <li
              key={picture.src}
              className={`soft ${picture.beside_source ? styles.compared : ''}`}
            >
              <a href={picture.src}>
                <Picture picture={picture} source={row.source_path} />
              </a>
              {picture.timecode ?? (picture.beside_source && `Frame ${picture.frame}`)}
              {picture.beside_source &&
                `: source left, proxy right, as compared at ${picture.width / 2} × ${picture.height}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Engine log with the FFmpeg command or Resolve settings; open if the log explains the failure. */
function Technical({ clip }: { clip: ReadClip }) {
  const { stderr, ffmpeg_command: command = [], resolve_job, exit_code, output_xxh64 } = clip;
  const log = stderr?.trim() ?? '';
  const resolve = resolve_job === undefined ? '' : JSON.stringify(resolve_job, null, 2);
  const texts = {
    'Engine log': log,
    'FFmpeg command': shellCommand(command),
    'Resolve settings': resolve,
  };
  const commands = Object.entries(texts).map(([label, text]) => ({
    label,
    value: text && <Command {...{ label, text }} />,
  }));
  const facts = [
    { label: 'xxHash64', value: output_xxh64 },
    { label: 'Exit code', value: exit_code },
  ];
  return (
    <details className={styles.technical} open={log !== '' && isEngineReason(clip)}>
      <summary>Technical details</summary>
      <FactList facts={[...facts, ...commands]} />
    </details>
  );
}

const WARNINGS_SHOWN = 50;

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        {[...new Set(warnings)].slice(0, WARNINGS_SHOWN).map((warning) => (
          <li key={warning}>
            <Sentence value={warning} limit={1000} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Attempts({ index, row }: { index: WatchIndex; row: ClipRow }) {
  const attempts = attemptsAt(index, row);
  if (attempts.length < 2) return null;
  return (
    <section className="stack" aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      <ul className={styles.attempts}>
        {attempts.map((one) => (
          <li key={one.id} aria-current={one.id === row.id ? 'true' : undefined}>
            <Status {...clipVerdict(one, index.folder(one.folder)?.runner)} />{' '}
            <Moment at={one.when} />{' '}
            <A href={clipPath({ ...one, name: one.job }, one.index)}>
              <Name value={one.job} limit={160} />
            </A>
          </li>
        ))}
      </ul>
    </section>
  );
}
