/** State of each requested proxy, by one pure rule for every caller. Free of decorators, files and Nest. */
export * from './ledger/attempt.ts';
export * from './ledger/job-attempts.ts';
export * from './ledger/job-for-rest.ts';
export * from './ledger/proxy-kind.ts';
export * from './ledger/proxy-status.ts';
