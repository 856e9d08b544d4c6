import { useTranslation } from 'react-i18next';
import { connection, waitingToSend } from '../api/connection.js';
import { useStore } from '../api/store.js';
import classes from './connection-line.module.css';

/** Whether all is well, and there is nothing to say. */
export function useQuiet(): boolean {
  const state = useStore(connection);
  return useStore(waitingToSend) === 0 && state === 'live';
}

/** Under the top: a line while all is well; in words what is not, and how much waits to be sent. */
export function ConnectionLine() {
  const { t } = useTranslation('shell');
  const state = useStore(connection);
  const waiting = useStore(waitingToSend);
  const quiet = useQuiet();
  return (
    <div role="status" data-state={state} className={quiet ? classes.line : classes.strip}>
      <span className={quiet ? classes.unseen : undefined}>
        {t(`connection.${state}`)}
        {waiting > 0 && ` ${t('connection.waiting', { count: waiting })}`}
      </span>
    </div>
  );
}
