import { countOf, type BarState } from '@app/assistant';
import { withoutControls } from '@app/jobspec';
import { environment, runProcess } from '@app/storage';

/** Interval between two status updates, in milliseconds. */
const INTERVAL = 5000;
/** Limit for systemd to accept a message, in seconds. */
const ANSWER_SECONDS = 10;

/**
 * Tells systemd that the service is ready, what it is doing, and that it is stopping. Does nothing without systemd. Runs
 * `systemd-notify`, because Node has no Unix datagram sockets.
 */
export async function notifySystemd(read: () => BarState | null, stopped: Promise<void>) {
  if (environment()['NOTIFY_SOCKET'] === undefined) return;
  let sent = '';
  const notify = async (status: string, ...words: string[]) => {
    if (status === sent) return;
    sent = status;
    const argv = ['systemd-notify', ...words, `STATUS=${withoutControls(status)}`] as const;
    const options = { stallSeconds: ANSWER_SECONDS, environment: environment() };
    await runProcess(argv, options).catch(() => undefined);
  };
  await notify(statusOf(read()), 'READY=1');
  const timer = setInterval(() => void notify(statusOf(read())), INTERVAL).unref();
  await stopped;
  clearInterval(timer);
  await notify('Stopping: running jobs may end', 'STOPPING=1');
}

function statusOf(state: BarState | null): string {
  if (state === null) return 'Waiting for jobs';
  return state.paused === null ? countOf(state) : `${countOf(state)}: ${state.paused}`;
}
