/** Called once by Next when the server starts. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startUp } = await import('./lib/index/start-up.ts');
  await startUp();
}
