import { useQueryClient } from '@tanstack/react-query';

/** After something was changed: all that operations show is asked for again. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['operations'] });
}
