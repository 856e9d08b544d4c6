import createFetchClient, { type Client } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import type { paths as DirectoryPaths } from './generated/directory.js';
import type { paths as DispatchPaths } from './generated/dispatch.js';
import type { paths as IntakePaths } from './generated/intake.js';
import type { paths as InventoryPaths } from './generated/inventory.js';
import type { paths as MatchingPaths } from './generated/matching.js';
import type { paths as RefurbishmentPaths } from './generated/refurbishment.js';
import type { paths as TraceabilityPaths } from './generated/traceability.js';
import { conventions } from './middleware.js';

/** `call`: one request. The others are hooks of TanStack Query. Both throw `Problem` or `Unreachable`. */
function service<Paths extends object>() {
  const call: Client<Paths> = createFetchClient<Paths>({ baseUrl: location.origin });
  call.use(conventions);
  return { call, ...createQueryClient(call) };
}

export const directory = service<DirectoryPaths>();
export const dispatch = service<DispatchPaths>();
export const intake = service<IntakePaths>();
export const inventory = service<InventoryPaths>();
export const matching = service<MatchingPaths>();
export const refurbishment = service<RefurbishmentPaths>();
export const traceability = service<TraceabilityPaths>();

/** For `useInfiniteQuery` on a list of ours: pages by the cursor in `next`. */
export const paged = {
  pageParamName: 'after',
  initialPageParam: null as string | null,
  getNextPageParam: (page: unknown) => (page as { next: string | null }).next,
};
