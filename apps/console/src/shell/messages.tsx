import { lazy, Suspense } from 'react';
import { useStore } from '../api/store.js';
import { anythingSaid } from '../parts/messages.js';

const MessageBoard = lazy(() => import('./message-board.js').then((part) => ({ default: part.MessageBoard })));

/** Where messages in passing are shown, once there is one. */
export function Messages() {
  return useStore(anythingSaid) && <Suspense><MessageBoard /></Suspense>;
}
