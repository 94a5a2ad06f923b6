import { USUAL_SECONDS, withinSeconds } from '../files/storage-deadline.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does what must not be left half done: a signal that would end the process ends it once this is over. It isn't held up by storage
 * that doesn't answer: the waiting for it ends soon after the signal.
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
    // Whoever listens beside has been told.
    for (const signal of caught)
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }
}
