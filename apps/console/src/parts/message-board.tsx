import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

export { notifications } from '@mantine/notifications';

export function MessageBoard() {
  return <Notifications position="bottom-right" />;
}
