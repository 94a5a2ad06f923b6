export * from './events.ts';
export * from './runner-logger.ts';
