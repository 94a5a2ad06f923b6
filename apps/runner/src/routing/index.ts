export * from './routing.service.ts';
export * from './routing.module.ts';
