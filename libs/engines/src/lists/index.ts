export * from './listed-clip.ts';
export * from './read-list.ts';
export * from './clip-list.ts';
