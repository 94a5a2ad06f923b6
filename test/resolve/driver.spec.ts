import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { textOf } from '@app/engines';
import { describe, expect, it } from 'vitest';
import { GATE, NIGHT } from '../support/night.ts';
import { StandInResolve, type Scenario } from '../support/resolve.ts';
import { runDriver, type DriverLine } from '../support/resolve-driver.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const folder = useTemporaryFolder();

interface Options {
  /** Of the request, by what the test has made. */
  request?: object;
  plan?: object;
  cancelAt?: (line: DriverLine) => boolean;
  before?: (resolve: StandInResolve, base: string) => Promise<object | void>;
}

interface Rendered {
  lines: DriverLine[];
  error: DriverLine | undefined;
  observed: Record<string, unknown>;
  resolve: StandInResolve;
  base: string;
}

/** Renders a clip in a stand-in of its own, by the driver alone, and hands over what it has said. */
async function render(
  scenario: Scenario,
  { request = {}, plan = {}, cancelAt, before }: Options,
  check: (rendered: Rendered) => Promise<void> | void,
) {
  const resolve = await StandInResolve.create(scenario);
  const base = join(folder.path, basename(resolve.scriptApi));
  const directory = join(base, 'out', 'render');
  try {
    await mkdir(directory, { recursive: true });
    const path = join(base, 'A001.braw');
    await writeFile(path, 'undeveloped');
    const made = (await before?.(resolve, base)) ?? {};
    const all = { command: 'render', source: { path }, directory, ...request, ...made };
    const lines = await runDriver(resolve, all, plan, cancelAt);
    const error = lines.find(({ event }) => event === 'error');
    const observed = Object.fromEntries(
      lines.flatMap((line) =>
        line.event === 'observed' ? [[textOf(line['what']), line['value']]] : [],
      ),
    );
    await check({ lines, error, observed, resolve, base });
  } finally {
    await resolve.remove();
  }
}

/** Settings reported when the command ends. */
const projectOf = (lines: readonly DriverLine[]) =>
  lines.findLast(({ event }) => event === 'project')?.['project_settings'] as Record<
    string,
    unknown
  >;

describe.concurrent('a command', () => {
  it('gives Resolve the time that it is told, by its own clock, and hardly more', () =>
    render({ running: false }, { request: { connectSeconds: 2 } }, ({ lines, error }) => {
      const connect = lines.find(({ phase }) => phase === 'connect');
      expect(error).toMatchObject({ code: 'NOT_CONNECTED', phase: 'connect' });
      const waited = (error?.ms ?? 0) - (connect?.ms ?? 0);
      expect(waited).toBeGreaterThanOrEqual(2000);
      expect(waited).toBeLessThanOrEqual(3000);
    }));

  it('names each phase before it, and tells of progress that never goes back', () =>
    render({ progress_step_s: 0.7 }, {}, ({ lines }) => {
      const phases = lines.flatMap(({ event, phase }) => (event === 'phase' ? [phase] : []));
      const before = 'load_module connect ready gate project import timeline settings queue start';
      expect(phases).toEqual([...before.split(' '), 'render', 'cleanup']);
      const percents = lines.flatMap(({ percent }) => (typeof percent === 'number' ? percent : []));
      expect(percents).toEqual(percents.toSorted((a, b) => a - b));
      expect(new Set(percents).size).toBeGreaterThan(2);
      expect(percents.at(-1)).toBe(100);
    }));
});

describe.concurrent("somebody's work in Resolve", () => {
  it('is not disturbed while it renders', () =>
    render({ other_client_rendering: true }, {}, async ({ error, resolve }) => {
      expect(error).toMatchObject({ code: 'RESOLVE_BUSY', phase: 'project' });
      expect(await resolve.methods()).not.toContain('Project.StopRendering');
    }));

  it.each([
    ['a project with changes', 'Feature film', { modified: true }],
    ['the untitled project with a timeline', 'Untitled Project', { timelines: { cut: {} } }],
    ['the untitled project with a bin', 'Untitled Project 2', { saved: false, bins: ['day 1'] }],
  ])('is left alone: %s', (_, name, facts) =>
    render(
      {},
      { before: (resolve) => resolve.openProject(name, facts) },
      async ({ error, resolve }) => {
        expect(error).toMatchObject({ code: 'PROJECT_OPEN', phase: 'project' });
        expect(await resolve.current()).toBe(name);
        expect(await resolve.project(name)).toMatchObject(facts);
        expect((await resolve.methods()).join()).not.toMatch(
          /SaveProject|CreateProject|LoadProject/,
        );
      },
    ),
  );
});

describe.concurrent(
  'what Resolve refuses ends the render with a code, a phase and a sentence',
  () => {
    describe.concurrent.each<[string, Scenario, string, string, typeof GATE]>([
      ['project', { create_project: 'none' }, 'PROJECT_CREATE', 'Create it there by hand', GATE],
      ['project', { create_loads: false }, 'PROJECT_CREATE', 'Create it there by hand', NIGHT],
      ['import', { clip: null }, 'IMPORT_FAILED', 'Resolve made 0 clips of /', GATE],
      ['import', { clip: { 'Online Status': 'Offline' } }, 'MEDIA_OFFLINE', "can't read it", GATE],
      [
        'import',
        { storage_roots: ['/mnt/raid'] },
        'RENDER_PATH',
        'storage locations (/mnt/raid)',
        GATE,
      ],
      ['timeline', { timeline_none: true }, 'TIMELINE_FAILED', "can't make a timeline", GATE],
      [
        'timeline',
        { refuse_timecode: true },
        'TIMELINE_FAILED',
        'start timecode 19:37:31:16',
        NIGHT,
      ],
      [
        'timeline',
        { rates: ['25'], clip: { FPS: 23.976 } },
        'FPS_UNSUPPORTED',
        'of 23.976 frames per second',
        GATE,
      ],
      [
        'settings',
        { version: '18.6.6.7' },
        'CODEC_UNAVAILABLE',
        'no codec ProRes422P for mov; it has: DNxHRLB, DNxHRSQ, DNxHRHQ, H264_NVIDIA, H265_NVIDIA',
        GATE,
      ],
      [
        'settings',
        { reject_keys: ['FormatWidth'] },
        'SETTINGS_REJECTED',
        'settings CustomName',
        GATE,
      ],
      [
        'settings',
        { stuck_mode: true, inherited: { mode: 0 } },
        'SETTINGS_REJECTED',
        'mode at 0',
        NIGHT,
      ],
      ['start', { start: 'false' }, 'START_REFUSED', 'refuses to start', GATE],
      [
        'render',
        { render: 'fail:GPU memory is full' },
        'RENDER_FAILED',
        'GPU memory is full',
        GATE,
      ],
      ['render', { render: 'gives_up', locale: 'it' }, 'RENDER_FAILED', 'Errore', NIGHT],
      ['render', { render: 'gives_up', locale: 'zh' }, 'RENDER_FAILED', '失败', NIGHT],
    ])('in %s: %j', (phase, scenario, code, words, when) => {
      it('ends so', when, () =>
        render(scenario, {}, async ({ error, resolve }) => {
          expect(error).toMatchObject({ code, phase, message: expect.stringContaining(words) });
          const isQueued = (await resolve.methods()).includes('Project.AddRenderJob');
          expect(isQueued).toBe(['start', 'render'].includes(phase));
          expect(await resolve.left()).toEqual([]);
        }),
      );
    });

    it('and no codec is taken by its description', () =>
      render({}, { plan: { codecs: ['Apple ProRes 422 Proxy'] } }, ({ error }) => {
        expect(error?.['message']).toContain('it has: ProRes422P, ');
      }));

    it('with everything that was set and read back until then', () =>
      render({ refuse_timecode: true }, {}, ({ lines }) => {
        expect(projectOf(lines)).toMatchObject({
          timelineResolutionWidth: { set: '640', read: '640', answer: true },
          startTimecode: { set: '19:37:31:16', read: '01:00:00:00', answer: false },
        });
      }));
  },
);

describe.concurrent('a render that must be stopped', () => {
  const atRender = (line: DriverLine) => line.event === 'progress';

  it.each([
    ['stalls', 'stall', undefined, 'RENDER_STALLED'],
    ['fails in a dialog', 'fail_hidden', undefined, 'RENDER_STALLED'],
    ['is cancelled', 'stall', atRender, 'CANCELLED'],
  ])('since it %s is stopped before anything is removed', (_, how, cancelAt, code) =>
    render(
      { render: how },
      { request: { stallSeconds: 2 }, ...(cancelAt && { cancelAt }) },
      async ({ error, observed, resolve }) => {
        expect(error).toMatchObject({ code });
        expect(observed).toHaveProperty('stop_seconds');
        expect(await resolve.left()).toEqual([]);
        expect((await resolve.methods()).join()).not.toContain('VIOLATION');
      },
    ),
  );

  it.each([
    ['stalls', undefined],
    ['is cancelled', atRender],
  ])('since it %s and does not stop is left as it is', (_, cancelAt) =>
    render(
      { render: 'stall', stop: 'ignored' },
      { request: { stallSeconds: 2, phaseSeconds: 2 }, ...(cancelAt && { cancelAt }) },
      async ({ error, lines, resolve }) => {
        expect(error).toMatchObject({
          code: 'RENDER_STUCK',
          phase: 'stop',
          message: expect.stringContaining('goes on rendering although it was told to stop'),
        });
        expect(lines.map(({ phase }) => phase)).not.toContain('cleanup');
        const methods = await resolve.methods();
        const after = methods.slice(methods.indexOf('Project.StopRendering')).join();
        expect(after).not.toMatch(/Delete|Save|Load|Close|Create|VIOLATION/);
        expect(await resolve.left()).not.toEqual([]);
      },
    ),
  );

  it('since its runner died stays too, for the next run, if it does not stop', () =>
    render(
      { stop: 'ignored', other_client_rendering: true },
      {
        request: { phaseSeconds: 1 },
        before: (resolve) => resolve.openProject('ours', { clips: { a: {} } }),
      },
      async ({ error, resolve }) => {
        expect(error).toMatchObject({ code: 'RENDER_STUCK', phase: 'stop' });
        expect(await resolve.left()).toEqual(['a in ours']);
      },
    ));
});

describe.concurrent('the time of each step is the setting', () => {
  it('also for a stop that takes longer than ten seconds', () =>
    render(
      { render: 'stall', stop_s: 12 },
      { request: { phaseSeconds: 20 }, cancelAt: ({ event }) => event === 'progress' },
      async ({ error, observed, resolve }) => {
        expect(error).toMatchObject({ code: 'CANCELLED' });
        expect(observed['stop_seconds']).toBeGreaterThanOrEqual(12);
        expect(await resolve.left()).toEqual([]);
      },
    ));
});

describe.concurrent('a render that can not be queued at once', () => {
  it('is queued when its page is open', () =>
    render({ add_job: 'page' }, {}, ({ error, observed }) => {
      expect(error).toBeUndefined();
      expect(observed).toMatchObject({ add_job_refused: 1 });
    }));

  it('is tried five times, and tells the directory', () =>
    render({ add_job: 'empty' }, {}, async ({ error, resolve, base }) => {
      expect(error).toMatchObject({ code: 'RENDER_PATH', phase: 'queue' });
      expect(error?.['message']).toContain(`refuses to queue a render into ${join(base, 'out')}.`);
      const methods = await resolve.methods();
      expect(methods.filter((name) => name === 'Project.AddRenderJob')).toHaveLength(5);
    }));
});

describe.concurrent('where Resolve renders to', () => {
  /** `link` and `videos/proxies` lead to `out`, where the render's folder lies. */
  const linked = async (base: string, named: string) => {
    await mkdir(join(base, 'videos'));
    for (const link of ['link', 'videos/proxies'])
      await symlink(join(base, 'out'), join(base, link));
    return { directory: join(base, named, 'render'), realDirectory: join(base, 'out', 'render') };
  };

  describe.concurrent.each([
    ['a link by the link, which is in a storage location', 'link', 'link', 'link', NIGHT],
    ['a link inside of a storage location by the link', 'link', '', 'link', NIGHT],
    [
      'a link that leads out of one by the link',
      'videos/proxies',
      'videos',
      'videos/proxies',
      NIGHT,
    ],
    ['a link to a storage location by what it leads to', 'link', 'out', 'out', GATE],
    ['a directory by its name', 'out', 'out', 'out', GATE],
  ])('%s', (_, named, storage, target, when) => {
    it('is taken', when, () =>
      render(
        {},
        {
          before: async (resolve, base) => {
            await resolve.play({ storage_roots: [join(base, storage)] });
            return linked(base, named);
          },
        },
        ({ error, lines, base }) => {
          expect(error).toBeUndefined();
          expect(lines.find(({ event }) => event === 'settings')).toMatchObject({
            applied: { TargetDir: join(base, target, 'render') },
          });
        },
      ),
    );
  });

  it('is looked at again right before the render is queued', () =>
    render(
      {},
      {
        before: async (resolve, base) => {
          await mkdir(join(base, 'other', 'render'), { recursive: true });
          const named = await linked(base, 'link');
          void resolve.called('Project.SetRenderSettings').then(async () => {
            await symlink(join(base, 'other'), join(base, 'next'));
            await rename(join(base, 'next'), join(base, 'link'));
          });
          await resolve.play({ slow: { 'Project.SetRenderSettings': 2 } });
          return named;
        },
      },
      async ({ error, resolve }) => {
        expect(error).toMatchObject({ code: 'NAME_REPLACED', phase: 'queue' });
        expect(await resolve.methods()).not.toContain('Project.AddRenderJob');
      },
    ));
});

it('the source is looked at again right before the render is queued', () =>
  render(
    { slow: { 'Project.SetRenderSettings': 2 } },
    {
      before: async (resolve, base) => {
        const [named, other, next] = ['link.braw', 'other.braw', 'next.braw'].map((name) =>
          join(base, name),
        ) as [string, string, string];
        await writeFile(other, 'undeveloped');
        await symlink(join(base, 'A001.braw'), named);
        await symlink(other, next);
        void resolve.called('Project.SetRenderSettings').then(() => rename(next, named));
        return { source: { path: named }, namedSource: named, realSource: join(base, 'A001.braw') };
      },
    },
    async ({ error, resolve }) => {
      expect(error).toMatchObject({ code: 'NAME_REPLACED', phase: 'queue' });
      expect(await resolve.methods()).not.toContain('Project.AddRenderJob');
    },
  ));

describe.concurrent('settings', () => {
  it('of colour are told as the project has them', () =>
    render({ defaults: { colorScienceMode: 'acescct' } }, {}, ({ lines }) => {
      expect(lines.findLast(({ event }) => event === 'project')?.['colour']).toEqual({
        colorScienceMode: 'acescct',
        colorSpaceTimeline: 'Rec.709 Gamma 2.4',
        isAutoColorManage: '0',
      });
    }));

  it.each([
    ['refused by the project and set on the timeline', 'refused', true],
    ['set on the project where that takes it', 'allowed', undefined],
  ])('of an upright size are %s', (_, portrait, byTimeline) =>
    render({ clip: { Resolution: '360x640' }, portrait }, {}, ({ error, observed, lines }) => {
      expect(error).toBeUndefined();
      expect(observed['size_by_timeline']).toBe(byTimeline);
      expect(projectOf(lines)).toMatchObject({ timelineResolutionHeight: { read: '640' } });
    }),
  );

  it.each([
    [23.976, '01:02:03:04', '23.976'],
    [29.97, '01:02:03;04', '29.97 DF'],
  ])(
    'of the rate %s are those of a project of that rate, where media lock it',
    (FPS, start, rate) =>
      render({ clip: { FPS, 'Start TC': start } }, {}, async ({ observed, resolve }) => {
        expect(observed).toMatchObject({ rate_locked: true, project_of_rate: rate });
        expect(await resolve.ownProjects()).toEqual(['ours', `ours ${rate}`]);
      }),
  );

  it('of the rate are set in the project that is open where media lock none', () =>
    render({ clip: { FPS: 25 }, fps_lock: false }, {}, async ({ error, resolve }) => {
      expect(error).toBeUndefined();
      expect(await resolve.ownProjects()).toEqual(['ours']);
    }));

  it('that are optional may be refused', () =>
    render({ reject_keys: ['FrameRate'] }, {}, ({ error, lines }) => {
      expect(error).toBeUndefined();
      expect(lines.find(({ event }) => event === 'settings')).toMatchObject({
        refused: ['FrameRate'],
      });
    }));
});

it('a project that somebody opens while ours is emptied is not saved', () =>
  render(
    { slow: { 'MediaPool.DeleteClips': 2 } },
    {
      before: async (resolve) => {
        void resolve.called('MediaPool.DeleteTimelines').then(() => resolve.openProject('Theirs'));
      },
    },
    async ({ lines, resolve }) => {
      expect(lines.map(({ event }) => event)).toContain('result');
      const saved = (await resolve.calls()).filter(({ method }) => /SaveProject/.test(method));
      expect(saved.map(({ current }) => current)).not.toContain('Theirs');
    },
  ));

describe.concurrent('the end of a render', () => {
  describe.concurrent.each<[Scenario, typeof GATE]>([
    [{ locale: 'it', progress_step_s: 0.2 }, NIGHT],
    [{ locale: 'ja', progress_step_s: 0.2 }, GATE],
    [{ render: 'never_complete' }, GATE],
    [{ start_latency_s: 4 }, NIGHT],
    [{ start: 'spurious_false', progress_step_s: 0.3 }, NIGHT],
  ])('of %j', (scenario, when) => {
    it('is understood', when, () =>
      render(scenario, {}, ({ lines, error }) => {
        expect(error).toBeUndefined();
        expect(lines.map(({ event }) => event)).toContain('result');
      }),
    );
  });
});
