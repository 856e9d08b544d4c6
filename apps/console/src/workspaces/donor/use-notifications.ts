import { useQueryClient } from '@tanstack/react-query';
import { intake } from '../../api/clients.js';
import type { paths } from '../../api/generated/intake.js';

const PATH = '/api/intake/notifications';
export type Notification = paths['/api/intake/notifications']['get']['responses'][200]['content']['application/json']['items'][number];

/** Marks notifications as read; every place that counts them asks anew. */
export function useMarkRead() {
  const client = useQueryClient();
  return intake.useMutation('post', `${PATH}/reading`, { onSuccess: () => client.invalidateQueries({ queryKey: ['get', PATH] }) });
}
