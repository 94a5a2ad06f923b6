/**
 * Lets the event loop do what else is ready: signals, scans, health answers, the pipes of other workers. A comparison of hours of
 * sound awaits it between its parts, each of which takes a tenth of a second at most.
 */
export { setImmediate as breathe } from 'node:timers/promises';
