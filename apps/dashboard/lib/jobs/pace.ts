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
