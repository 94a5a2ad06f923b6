export * from './ale.ts';
export * from './csv.ts';
export * from './page.ts';
export * from './table.ts';
