export { readCube, type LutFile } from './look-file.ts';
export * from './places.ts';
export * from './prepare-clips.ts';
export * from './validation.module.ts';
export * from './validation.service.ts';
