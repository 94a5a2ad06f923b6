declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on an open, writable file, or on so many bytes of it; `false` when another descriptor holds it. */
  export function tryLock(fileDescriptor: number, offset?: number, length?: number): boolean;
  /** Gives a lock back. */
  export function unlock(fileDescriptor: number, offset?: number, length?: number): void;
}
