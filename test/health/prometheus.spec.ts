import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Test } from '@nestjs/testing';
import { execa } from 'execa';
import { Registry } from 'prom-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configure } from '../../apps/runner/src/config/settings.module.ts';
import { HealthModule } from '../../apps/runner/src/health/health.module.ts';
import { RunnerModule } from '../../apps/runner/src/cli/application.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFile(join(ROOT, path), 'utf8');
const promtool = (...args: string[]) => execa('promtool', args, { cwd: ROOT });

/** Every metric that a runner has, by name. */
async function offered(): Promise<string[]> {
  const { settings } = configure({ folder: '/nowhere', httpPort: 0 });
  const app = await Test.createTestingModule({
    imports: [RunnerModule.forRoot(settings, [HealthModule])],
  }).compile();
  const metrics = app.get(Registry, { strict: false }).getMetricsAsArray();
  await app.close();
  return metrics.map(({ name }) => name);
}

/** Metrics without a panel: for alerts, for questions of one day, and of followers, which have metrics of their own. */
const UNDRAWN = [
  'wfr_build_info',
  'wfr_clips_not_planned',
  'wfr_failed_checks_total',
  'wfr_follower_last_poll_timestamp_seconds',
  'wfr_follower_poll_seconds',
  'wfr_follower_problem',
  'wfr_held_jobs',
  'wfr_inventory_fill_ratio',
  'wfr_last_scan_success',
];

/** The metrics that a text speaks of; a histogram's series count as itself. */
function mentioned(text: string): Set<string> {
  const names = Array.from(text.matchAll(/\bwfr_[a-z_]+/g), ([name]) => name);
  return new Set(names.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
}

/** The queries of the Grafana dashboard, with its variables filled in. */
async function queries(): Promise<string[]> {
  const dashboard = JSON.parse(await read('deploy/grafana/watch-folder-runner.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  return dashboard.panels.flatMap(({ targets }) =>
    targets.map(({ expr }) => expr.replaceAll('$instance', '.*')),
  );
}

describe('what is deployed for Prometheus and Grafana', () => {
  it('is valid, and its alerts fire when they should and not before', async () => {
    await promtool('check', 'config', 'deploy/prometheus/prometheus.yml');
    const { stdout } = await promtool('test', 'rules', 'deploy/prometheus/alerts.test.yml');
    expect(stdout).toContain('SUCCESS');
  });

  it('has a test for every alert', async () => {
    const alerts = (await read('deploy/prometheus/alerts.yml')).matchAll(/alert: (\w+)/g);
    const tests = await read('deploy/prometheus/alerts.test.yml');
    for (const [, alert] of alerts) expect(tests).toContain(`alertname="${alert}"`);
  });

  it('asks only for metrics that there are, in valid queries', async () => {
    const exprs = await queries();
    const known = await offered();
    const asked = mentioned((await read('deploy/prometheus/alerts.yml')) + exprs.join('\n'));
    expect([...asked].filter((name) => !known.includes(name))).toEqual([]);
    const folder = await mkdtemp(join(tmpdir(), 'watch-folder-runner-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const rules = exprs.map((expr, index) => ({ record: `query:${index}`, expr }));
    const file = join(folder, 'queries.yml');
    await writeFile(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));
    const { stdout } = await promtool('check', 'rules', file);
    expect(stdout).toContain(`SUCCESS: ${exprs.length} rules found`);
  });

  it('draws every metric, or leaves it out on purpose', async () => {
    const drawn = mentioned((await queries()).join('\n'));
    const left = (await offered()).filter((name) => !drawn.has(name));
    expect(left.toSorted()).toEqual(UNDRAWN);
  });

  it('is documented, metric for metric', async () => {
    const documented = (await read('docs/monitoring.md')).matchAll(/^\| `(wfr_\w+)`/gm);
    const names = Array.from(documented, ([, name]) => name);
    expect(new Set(names)).toEqual(new Set(await offered()));
  });
});
