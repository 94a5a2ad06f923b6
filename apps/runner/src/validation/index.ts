export { readCube, type LutFile } from './look-file.ts';
export * from './output-files.ts';
export * from './places.ts';
export * from './validated-job.ts';
export * from './validation.module.ts';
export * from './validation.service.ts';
