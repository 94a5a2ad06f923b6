/** Inventory of clips on media: its lines, and their combined state. Free of decorators, files and Nest. */
export * from './inventory/inventory-line.ts';
export * from './inventory/inventory.ts';
export * from './inventory/left-out.ts';
export * from './inventory/unplanned.ts';
