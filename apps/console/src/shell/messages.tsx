import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Where `notifications.show` shows; fetched after the page, which needs none to begin with. */
export function Messages() {
  return <Notifications position="bottom-right" />;
}
