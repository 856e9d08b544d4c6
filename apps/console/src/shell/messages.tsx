import { createElement } from 'react';
import { useStore } from '../api/store.js';
import { messageBoard } from '../parts/messages.js';

/** Where messages in passing are shown, once there is one. */
export function Messages() {
  const board = useStore(messageBoard);
  return board && createElement(board);
}
