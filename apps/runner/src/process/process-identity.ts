import { hostname } from 'node:os';
import { timestamp } from '../text/index.ts';

/** Names this process and, on its host, no other: pid and start time are never both the same again. */
export const PROCESS_IDENTITY = `host ${hostname()}, pid ${process.pid}, started ${timestamp(new Date())}`;
