import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { configure, SettingsModule } from './settings.module.ts';
import { RunnerSettings } from './settings.ts';

@Injectable()
class Asker {
  constructor(readonly settings: RunnerSettings) {}
}

@Module({ providers: [Asker] })
class AskingModule {}

function stubEnvironment(variables: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe('the settings', () => {
  it('come from flags and the environment to every module that asks for them by type', async () => {
    stubEnvironment({ WFR_MAX_WORKERS: '3', WFR_SETTLE_SECONDS: '9' });
    const { settings } = configure({ folder: '/watch', settleSeconds: '1.5' });
    const imports = [SettingsModule.forRoot(settings), AskingModule];
    const app = await Test.createTestingModule({ imports }).compile();
    onTestFinished(() => app.close());
    const injected = app.get(Asker, { strict: false }).settings;
    expect(injected).toBe(settings);
    expect(injected).toMatchObject({ folder: '/watch', maxWorkers: 3, settleSeconds: 1.5 });
  });

  it('leave the environment as it is: child processes inherit it', async () => {
    const before = { ...process.env };
    const { settings } = configure({ folder: '/watch', once: true });
    await Test.createTestingModule({ imports: [SettingsModule.forRoot(settings)] }).compile();
    expect(process.env).toEqual(before);
  });

  it('say which variables are not settings', () => {
    stubEnvironment({ WFR_MAX_WORKER: '3' });
    const { unknown } = configure({});
    expect(unknown).toContainEqual({ variable: 'WFR_MAX_WORKER', nearest: 'WFR_MAX_WORKERS' });
  });

  it('are refused as a whole when one can not be used', () => {
    stubEnvironment({ WFR_HTTP_PORT: '70000' });
    expect(() => configure({})).toThrow('Expected a whole number from 0 to 65535');
  });
});
