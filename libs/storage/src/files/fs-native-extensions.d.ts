declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on an open, writable file; `false` when another descriptor holds it. */
  export function tryLock(fileDescriptor: number): boolean;
  /** Gives a lock back. */
  export function unlock(fileDescriptor: number): void;
}
