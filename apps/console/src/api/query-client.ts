import { QueryClient } from '@tanstack/react-query';
import { isPassing, Problem } from './problem.js';

const MOST_RETRIES = 3;

const retry = (failures: number, error: unknown): boolean => failures < MOST_RETRIES && isPassing(error);

/** As the server asks, else a little longer each time. */
const retryDelay = (failures: number, error: unknown): number =>
  error instanceof Problem && error.retryAfterSeconds !== null ? error.retryAfterSeconds * 1000 : Math.min(1000 * 2 ** failures, 8_000);

/** A command is sent again under the key it had (see idempotency.ts). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry, retryDelay, staleTime: 5_000, networkMode: 'always' },
    mutations: { retry, retryDelay, networkMode: 'always' },
  },
});
