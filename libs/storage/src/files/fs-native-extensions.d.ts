declare module 'fs-native-extensions' {
  /** Takes an exclusive lock on an open, writable file, or a range of its bytes; `false` if another descriptor holds it. */
  export function tryLock(fileDescriptor: number, offset?: number, length?: number): boolean;
  /** Releases a lock. */
  export function unlock(fileDescriptor: number, offset?: number, length?: number): void;
}
