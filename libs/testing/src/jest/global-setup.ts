import { fileURLToPath } from 'node:url';

/** Before the first test file: the run's PostgreSQL. Runs outside Jest's module system (which makes `import` a `require` here), hence the hooks. */
export default async function globalSetup(): Promise<void> {
  const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  await import(path('../../../../tools/source.mjs'));
  const { startTestServer } = (await import(path('./test-server.ts'))) as typeof import('./test-server.js');
  Object.assign(globalThis, { stopTestServer: await startTestServer() });
}
