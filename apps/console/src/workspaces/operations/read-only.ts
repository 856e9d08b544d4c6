import { createStore } from '../../api/store.js';

const KEPT = 'lacollecte.operations.read-only';

/** On until somebody says otherwise, for as long as the tab is open: nothing that changes anything can be pressed. */
export const readOnly = createStore(sessionStorage.getItem(KEPT) !== 'off');

readOnly.subscribe(() => sessionStorage.setItem(KEPT, readOnly.get() ? 'on' : 'off'));
