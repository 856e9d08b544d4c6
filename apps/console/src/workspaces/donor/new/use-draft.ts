import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { intake } from '../../../api/clients.js';
import { Problem } from '../../../api/problem.js';
import type { Lot } from '../lot.js';

export type Send = (version: number) => Promise<{ data?: Lot | undefined }>;

export const isStale = (error: unknown): boolean => error instanceof Problem && error.status === 412;

export const ifMatch = (version: number) => ({ 'If-Match': String(version) });

/** A draft, and changes of it one after the other, each on the version that the one before gave. */
export function useDraft(lotId: string) {
  const client = useQueryClient();
  const options = intake.queryOptions('get', '/api/intake/lots/{lotId}', { params: { path: { lotId } } });
  const query = intake.useQuery('get', '/api/intake/lots/{lotId}', { params: { path: { lotId } } });
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const known = () => client.getQueryData<Lot>(options.queryKey);

  const reload = async () => (await query.refetch()).data;

  /** `anyway`: what is added or taken away is right whatever else has changed; else a change elsewhere is refused (`isStale`). */
  const change = (send: Send, anyway = true): Promise<Lot> => {
    const run = queue.current.then(async () => {
      const { data } = await send(known()!.version).catch(async (error: unknown) => {
        if (!anyway || !isStale(error)) throw error;
        return send((await reload())!.version);
      });
      client.setQueryData(options.queryKey, data);
      void client.invalidateQueries({ queryKey: ['get', '/api/intake/lots'] });
      return data!;
    });
    queue.current = run.catch(() => undefined);
    return run;
  };
  const linesChanged = () => client.invalidateQueries({ queryKey: ['get', '/api/intake/lots/{lotId}/lines'] });
  return { lotId, known, lot: query.data, error: query.error, reload, change, linesChanged };
}

export type Draft = ReturnType<typeof useDraft>;
