import { expect, it } from 'vitest';
import { ShowLut } from '../look/look.ts';
import { UNIT } from '../look/lut.ts';
import { video, media, proxyRequest } from '../../testing/clips.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import { ffmpegArguments } from './arguments.ts';
import { lookTables } from './look-filters.ts';

/** A table that counts how often all of it is gone through. */
function countedLut() {
  let times = 0;
  const values = new Proxy(new Float32Array(24), {
    get(table, name) {
      if (name === '0') times += 1;
      const value: unknown = Reflect.get(table, name, table);
      return typeof value === 'function' ? value.bind(table) : value;
    },
  });
  const cube = { size: 2, domain: UNIT, values };
  return { lut: new ShowLut('0'.repeat(64), { curves: null, cube }), times: () => times };
}

it('a table of millions of numbers is gone through once for a clip, whatever asks for it', () => {
  const { lut, times } = countedLut();
  const look = { cdl: null, lut, levels: 'video', becomes: 'bt709', tablesFolder: '/t' } as const;
  const { plan } = planProxy(proxyRequest({ look }), media([video()]));
  if (!plan?.video.look) throw new Error('no look is planned');
  const files = { input: '/i.mov', output: '/o.mov', capture: '/p' };
  for (let asked = 0; asked < 3; asked++) {
    ffmpegArguments(plan, files);
    lookTables(plan.video.look);
  }
  expect(times()).toBe(1);
});
