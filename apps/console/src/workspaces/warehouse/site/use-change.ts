import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

/** Something that changes what a service keeps: refused, it says why; either way what is shown of that service is asked for again. */
export function useChange(service: 'intake' | 'inventory' | 'dispatch') {
  const client = useQueryClient();
  const [changing, setChanging] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const readAgain = () => client.invalidateQueries({ predicate: ({ queryKey: [, path] }) => typeof path === 'string' && path.startsWith(`/api/${service}/`) });
  /** @returns whether it was done */
  const change = async (work: () => Promise<unknown>): Promise<boolean> => {
    setChanging(true);
    setError(null);
    const done = await work().then(() => true, (failure: unknown) => (setError(failure), false));
    await readAgain();
    setChanging(false);
    return done;
  };
  return { change, changing, error, readAgain };
}
