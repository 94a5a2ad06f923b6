/** Times real time at which clips were made, by the hour. */
export interface Speed {
  /** Of each of the last hours, the oldest first; `null` where no clip ended. */
  hours: (number | null)[];
  /** Over all of them. */
  whole: number | null;
}

/** Jobs that wait, by how long they do. */
export interface Queue {
  jobs: number;
  /** How many wait for less than each of some times, and at last for longer. */
  counts: number[];
}

/** How long jobs had waited when they were begun, in seconds. */
export interface Waits {
  /** Half of those begun in each of the last hours waited less, the oldest hour first; `null` where none was begun. */
  hours: (number | null)[];
  jobs: number;
  /** Half of all waited less. */
  median: number;
  longest: number;
}
