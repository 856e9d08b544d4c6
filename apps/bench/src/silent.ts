import type { MessagingLog } from '@lacollecte/messaging';

export const silent: MessagingLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
