import { countOf, type BarState } from '@app/assistant';
import { withoutControls } from '@app/jobspec';
import { environment, runProcess } from '@app/storage';

/** Interval between two status updates, in milliseconds. */
const LOOK = 5000;
/** Limit for systemd to accept a message, in seconds. */
const ANSWER_SECONDS = 10;

/**
 * Notifies systemd that the service is ready, of its status, and that it stops. Does nothing without systemd. Runs `systemd-notify`
 * because Node has no datagram sockets.
 */
export async function notifySystemd(look: () => BarState | null, stopped: Promise<void>) {
  if (environment()['NOTIFY_SOCKET'] === undefined) return;
  let sent = '';
  const notify = async (status: string, ...words: string[]) => {
    if (status === sent) return;
    sent = status;
    const argv = ['systemd-notify', ...words, `STATUS=${withoutControls(status)}`] as const;
    const options = { stallSeconds: ANSWER_SECONDS, environment: environment() };
    await runProcess(argv, options).catch(() => undefined);
  };
  await notify(statusOf(look()), 'READY=1');
  const timer = setInterval(() => void notify(statusOf(look())), LOOK).unref();
  await stopped;
  clearInterval(timer);
  await notify('Stopping: running jobs may end', 'STOPPING=1');
}

function statusOf(far: BarState | null): string {
  if (far === null) return 'Waiting for jobs';
  return far.paused === null ? countOf(far) : `${countOf(far)}: ${far.paused}`;
}
