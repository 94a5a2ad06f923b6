/** What is loaded only where a port is given. */
export { HealthModule } from './health.module.ts';
export { HealthServer } from './health-server.ts';
