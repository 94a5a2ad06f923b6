/** The one reader of the record of what lies on media: all that the dashboard needs of this library. */
export { readInventory } from './watch-folder/inventory-file.ts';
