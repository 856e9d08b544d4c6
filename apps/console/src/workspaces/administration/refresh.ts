import { Problem } from '../../api/problem.js';
import { queryClient } from '../../api/query-client.js';
import { refusedAside } from '../../parts/messages.js';

/** Asks again for all that was read at these addresses and below. */
export function refresh(...paths: readonly string[]): Promise<void> {
  return queryClient.invalidateQueries({ predicate: ({ queryKey: [, path] }) => typeof path === 'string' && paths.some((one) => path.startsWith(one)) });
}

/** A decision on its way: done or refused, what is shown is asked for again. Somebody else was faster: that is said beside, for what one decided may be gone from the page. */
export async function decided<Answer>(answer: Promise<Answer>, ...paths: readonly string[]): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Problem && error.code === 'stale-version') refusedAside(error.title);
    throw error;
  } finally {
    await refresh(...paths);
  }
}
