import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { intake } from '../../../api/clients.js';
import type { Draft } from './use-draft.js';
import type { Manifest } from './upload.js';

const AT_WORK = new Set<Manifest['state']>(['uploaded', 'reading', 'confirmed']);
/** While a job is at work on it. */
const LOOK_MS = 700;

export const isAtWork = ({ state }: Manifest): boolean => AT_WORK.has(state);
/** It waits for the donor or for a job: nothing else can be sent before. */
export const isPending = (manifest: Manifest): boolean => isAtWork(manifest) || manifest.state === 'previewed';

/** The last list that was sent for a draft and not given up. */
export function useManifest(draft: Draft) {
  const client = useQueryClient();
  const init = { params: { path: { lotId: draft.lotId }, query: { limit: 200 } } };
  const last = (items: readonly Manifest[] = []) => items.findLast(({ state }) => state !== 'discarded');
  const query = intake.useQuery('get', '/api/intake/lots/{lotId}/manifests', init, {
    refetchInterval: ({ state }) => {
      const manifest = last(state.data?.items);
      return manifest && isAtWork(manifest) ? LOOK_MS : false;
    },
  });
  const manifest = last(query.data?.items);
  const before = useRef<Manifest['state'] | undefined>(undefined);
  useEffect(() => {
    // The job has made it lines, and the lot's version another.
    if (before.current === 'confirmed' && manifest?.state === 'imported') {
      void draft.reload();
      void draft.linesChanged();
    }
    before.current = manifest?.state;
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['get', '/api/intake/lots/{lotId}/manifests'] });
  // Asked for again in vain, what was there stays: a file may be on its way.
  return { manifest, pending: query.isPending, error: query.data ? null : query.error, refresh };
}

export type OfManifest = ReturnType<typeof useManifest>;
