export * from './engine-registry.ts';
export * from './routing.module.ts';
export * from './routing.service.ts';
