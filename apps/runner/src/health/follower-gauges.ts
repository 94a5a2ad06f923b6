import { Injectable } from '@nestjs/common';
import type { FollowerStatus } from '@app/jobspec/folder';
import { Gauge, Registry } from 'prom-client';
import { followersOf, WatchFolder } from '../watch/folder/index.ts';

type Reading = readonly [name: string, help: string, read: (status: FollowerStatus) => number];

const READINGS: readonly Reading[] = [
  [
    'wfr_follower_last_poll_timestamp_seconds',
    'When a plan --follow has last looked through its media, Unix time.',
    ({ last_poll_at }) => Date.parse(last_poll_at) / 1000,
  ],
  [
    'wfr_follower_poll_seconds',
    'Seconds between two of its looks.',
    ({ poll_seconds }) => poll_seconds,
  ],
  [
    'wfr_follower_waiting_clips',
    'Clips that it has seen and not planned yet.',
    ({ waiting }) => waiting,
  ],
  [
    'wfr_follower_problem',
    '1 while it can’t look through its media, or plan all that is in them.',
    ({ problem }) => Number(problem !== null),
  ],
];

/** What those say of themselves that plan what comes into media, for this watch folder; nothing of those that somebody has stopped. */
@Injectable()
export class FollowerGauges {
  constructor(registry: Registry, folder: WatchFolder) {
    for (const [name, help, read] of READINGS) {
      const collect = async () => {
        gauge.reset();
        for (const { id, status } of await followersOf(folder))
          if (status.stopped_at === null) gauge.set({ follower: id }, read(status));
      };
      const registers = [registry];
      const gauge: Gauge = new Gauge({ name, help, labelNames: ['follower'], registers, collect });
    }
  }
}
