// Loaded before a runner: at SIGUSR2, writes the most abort listeners that one signal has into the file $LISTENERS.
import { getEventListeners } from 'node:events';
import { writeFileSync } from 'node:fs';

const signals = new Set();
const add = Reflect.get(EventTarget.prototype, 'addEventListener');

EventTarget.prototype.addEventListener = function (...args) {
  if (this instanceof AbortSignal && getEventListeners(this, 'abort').length === 0)
    signals.add(new WeakRef(this));
  return Reflect.apply(add, this, args);
};

process.on('SIGUSR2', () => {
  let most = 0;
  for (const reference of signals) {
    const signal = reference.deref();
    const count = signal === undefined ? 0 : getEventListeners(signal, 'abort').length;
    if (count === 0) signals.delete(reference);
    most = Math.max(most, count);
  }
  writeFileSync(process.env.LISTENERS, String(most));
});
