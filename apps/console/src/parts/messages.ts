import type { NotificationData } from '@mantine/notifications';
import i18next from 'i18next';
import { createStore } from '../api/store.js';

/** Whether anything was said in passing yet: what shows it is fetched with the first, not with every page. */
export const anythingSaid = createStore(false);

async function say(message: NotificationData): Promise<void> {
  anythingSaid.set(true);
  const { notifications } = await import('@mantine/notifications');
  notifications.show({ ...message, closeButtonProps: { 'aria-label': i18next.t('confirm.close', { ns: 'parts' }) } });
}

/** Says in passing that something was done, where the page itself does not show it. */
export function saved(message: string): void {
  void say({ message, color: 'accent' });
}

/** Says what a person must not miss: it stays until they close it. */
export function refusedAside(message: string, title?: string): void {
  void say({ message, title, color: 'red.9', autoClose: false });
}
