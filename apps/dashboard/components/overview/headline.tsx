import { Moment } from '@/components/text/moment.tsx';
import { SumsBar } from '@/components/text/sums-bar.tsx';
import { Name, Sentence } from '@/components/text/words.tsx';
import { clipsSentence } from '@/lib/words/clip-sentences.ts';
import { alarmsOf, forWhom, NO_RUNNER, soFar, type Alarm } from '@/lib/words/sentences.ts';
import { isAtWork, type FolderView } from '@/lib/index/folder-view.ts';
import type { WatchIndex } from '@/lib/index/watch-index.ts';
import type { Needs } from '@/lib/query/needs.ts';
import { RECENT_DAYS, recentCards } from '@/lib/query/select-clips.ts';
import { instant } from '@/lib/index/instant.ts';
import { plural, formatCount } from '@/lib/words/quantities.ts';
import { Finish } from '@/components/text/finish.tsx';
import styles from './overview.module.css';

interface Props {
  index: WatchIndex;
  needs: Needs;
}

/** Alarms, overall progress and finish times. */
export function Headline({ index, needs }: Props) {
  const { sums } = recentCards(index);
  const alarms = alarmsOf(index.folders);
  return (
    <header className="stack">
      <h1>
        {soFar(index, needsSentence(needs, new Set(alarms.map(({ folder }) => folder)).size))}
      </h1>
      <Alarms alarms={alarms} />
      {sums.total > 0 && (
        <>
          <p>
            Last {RECENT_DAYS} days: {clipsSentence(sums)} <Work folders={index.folders} />
            {index.folders.map((folder) => (
              <Finish key={folder.name} {...{ index, folder }}>
                <Name value={folder.name} limit={60} />
              </Finish>
            ))}
          </p>
          <SumsBar sums={sums} />
        </>
      )}
    </header>
  );
}

/** `1 folder, 5 proxies and 1 job need attention.` */
function needsSentence({ clips, jobs }: Needs, folders: number): string {
  const counts = { folder: folders, proxy: clips, job: jobs };
  const need = Object.entries(counts).flatMap(([thing, count]) =>
    count > 0 ? [plural(count, thing)] : [],
  );
  if (need.length === 0) return 'All clear.';
  const words = folders + clips + jobs === 1 ? 'needs attention' : 'need attention';
  return `${LIST.format(need)} ${words}.`;
}

const LIST = new Intl.ListFormat('en-GB');

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  return (
    <div role="status">
      <ul className="stack">
        {alarms.map(({ folder: { name, runner }, short, sentence, who }) => {
          const since =
            short === NO_RUNNER && runner.state === 'silent' && instant(runner.last_scan_at);
          return (
            <li key={`${name} ${short}`} className={`note ${styles.alarm}`} data-of="failed">
              <strong>
                <Name value={name} limit={60} />
              </strong>{' '}
              <Sentence value={sentence} limit={600} />
              {typeof since === 'number' && (
                <>
                  {' '}
                  Last sign: <Moment at={since} />
                  {runner.host !== null && ` on ${runner.host.slice(0, 60)}`}.
                </>
              )}{' '}
              <span className="soft">{forWhom(who)}.</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** `1 job running, 7 queued.` */
function Work({ folders }: { folders: readonly FolderView[] }) {
  const sum = (count: (folder: FolderView) => number) =>
    folders.reduce((total, folder) => total + count(folder), 0);
  const running = sum(({ runner, counts }) => (isAtWork(runner) ? counts.running : 0));
  const queued = sum(({ counts }) => counts.pending);
  const interrupted = sum(({ counts }) => counts.running) - running;
  if (running + queued + interrupted === 0) return 'Nothing running or queued.';
  const counts = [`${plural(running, 'job')} running`, `${formatCount(queued)} queued`];
  if (interrupted > 0) counts.push(`${formatCount(interrupted)} interrupted`);
  return `${counts.join(', ')}.`;
}
