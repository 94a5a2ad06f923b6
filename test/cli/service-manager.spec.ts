import { once } from 'node:events';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { RunnerProcess, until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { frames: 10 } });
const folder = useWatchFolder();

/** Stands in for systemd: prints each message that comes to its socket, but for those by which its sender waits until it was read. */
const SYSTEMD = `
import socket, sys
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(sys.argv[1])
print("listening", flush=True)
while True:
    message = manager.recv(4096).decode().split()
    if message != ["BARRIER=1"]: print(message, flush=True)
`;

it('a service tells systemd that it works, what it does, and that it stops', async () => {
  const socket = folder().beside('notify');
  const systemd = execa('python3', ['-c', SYSTEMD, socket], { reject: false });
  await once(systemd.stdout, 'data');
  let told = '';
  systemd.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  await folder().dropJob('a.json', { sources: [clips['a.mov']] });
  const runner = new RunnerProcess(folder().root, { args: [], env: { NOTIFY_SOCKET: socket } });
  await until(() => told.includes("['READY=1', 'STATUS="));
  await until(() => told.includes("['STATUS=Waiting', 'for', 'jobs']"));
  expect(told).not.toContain('STOPPING');
  runner.signal('SIGTERM');
  expect(await runner.exit()).toBe(0);
  expect(told.trim().split('\n').at(-1)).toContain("['STOPPING=1', 'STATUS=Stopping");
  systemd.kill();
  await systemd;
});
