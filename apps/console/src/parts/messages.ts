import i18next from 'i18next';
import type { ComponentType } from 'react';
import { createStore } from '../api/store.js';

interface Message {
  readonly title?: string | undefined;
  readonly message: string;
  readonly color: string;
  /** False: until somebody closes it. */
  readonly autoClose?: false;
}

/** Where messages in passing are shown: fetched with the first of them, not with every page. */
export const messageBoard = createStore<ComponentType | null>(null);

async function say(message: Message): Promise<void> {
  const board = await import('./message-board.js').catch(() => null);
  // A newer console is in its place by now, or there is no network: said all the same.
  if (board === null) return alert([message.title, message.message].filter(Boolean).join('\n'));
  messageBoard.set(board.MessageBoard);
  board.notifications.show({ ...message, closeButtonProps: { 'aria-label': i18next.t('confirm.close', { ns: 'parts' }) } });
}

/** Says in passing that something was done, where the page itself does not show it. */
export function saved(message: string): void {
  void say({ message, color: 'accent' });
}

/** Says what a person must not miss: it stays until they close it. */
export function refusedAside(message: string, title?: string): void {
  void say({ message, title, color: 'red.9', autoClose: false });
}
