export * from './events.ts';
export * from './report.ts';
export * from './runner-logger.ts';
