import { notifications } from '@mantine/notifications';

/** Says in passing that something was done, where the page itself does not show it. */
export function saved(message: string): void {
  notifications.show({ message, color: 'accent' });
}
