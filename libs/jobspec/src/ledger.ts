/** What became of each proxy that was asked for: one pure rule for whoever asks. Free of decorators, files and Nest. */
export * from './ledger/attempt.ts';
export * from './ledger/job-attempts.ts';
export * from './ledger/job-for-rest.ts';
export * from './ledger/proxy-kind.ts';
export * from './ledger/standing.ts';
