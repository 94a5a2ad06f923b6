/** Reader of the record of clips on media: all that the dashboard needs of this library. */
export { readInventory } from './watch-folder/inventory-file.ts';
