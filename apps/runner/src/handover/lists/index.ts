export * from './ale.ts';
export * from './page.ts';
export * from './table.ts';
