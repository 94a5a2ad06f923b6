/** What lies on media, what was asked for and what was left out: its lines, and what they say together. Free of decorators, files and Nest. */
export * from './inventory/inventory-line.ts';
export * from './inventory/inventory.ts';
export * from './inventory/left-out.ts';
export * from './inventory/unplanned.ts';
