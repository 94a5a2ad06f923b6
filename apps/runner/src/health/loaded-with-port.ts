/** Modules that are loaded only if a port is set. */
export { HealthModule } from './health.module.ts';
export { HealthServer } from './health-server.ts';
