import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

const closeButtonProps = () => ({ 'aria-label': i18next.t('confirm.close', { ns: 'parts' }) });

/** Says in passing that something was done, where the page itself does not show it. */
export function saved(message: string): void {
  notifications.show({ message, color: 'accent', closeButtonProps: closeButtonProps() });
}

/** Says what a person must not miss: it stays until they close it. */
export function refusedAside(message: string): void {
  notifications.show({ message, color: 'red.9', autoClose: false, closeButtonProps: closeButtonProps() });
}
