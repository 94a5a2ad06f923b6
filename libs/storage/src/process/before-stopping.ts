import { USUAL_SECONDS, withinSeconds } from '../files/storage-deadline.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Completes work before a signal ends the process. Unresponsive storage can't delay that for long: waits are cut short after the
 * signal.
 */
export async function beforeStopping<Value>(work: () => Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const caught = new Set<NodeJS.Signals>();
  const onSignal = (signal: NodeJS.Signals) => {
    caught.add(signal);
    stop.abort();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await withinSeconds(USUAL_SECONDS, work, stop.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    // Any other listener has handled the signal.
    for (const signal of caught)
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }
}
