/** After the last test file: stops the run's PostgreSQL and removes its folder. */
export default async function globalTeardown(): Promise<void> {
  const stop = Reflect.get(globalThis, 'stopTestServer') as (() => Promise<void>) | undefined;
  await stop?.();
}
