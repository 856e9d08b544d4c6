import { useLocalStorage } from '@mantine/hooks';
import { useStore } from '../../../api/store.js';
import { session } from '../../../session/session.js';

export interface Draft<Values> {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  /** Something was typed that is not sent yet: it is kept in this browser. */
  readonly kept: boolean;
  readonly forget: () => void;
}

/** What somebody types of a device in one of its forms, kept until it is sent; `initial` where nothing was typed. */
export function useDraft<Values extends object>(deviceId: string, form: string, initial: Values): Draft<Values> {
  const subject = useStore(session)?.subject ?? '';
  const [kept, keep, forget] = useLocalStorage<Values | null>({ key: `lacollecte.device.${subject}.${deviceId}.${form}`, defaultValue: null, getInitialValueInEffect: false });
  return { values: { ...initial, ...kept }, change: (part) => keep((before) => ({ ...initial, ...before, ...part })), kept: kept !== null, forget };
}
