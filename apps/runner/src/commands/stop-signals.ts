/** Signals that ask to stop. A terminal that closes hangs up. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
