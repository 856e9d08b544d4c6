import { useLocalStorage } from '@mantine/hooks';
import { useStore } from '../../../api/store.js';
import { session } from '../../../session/session.js';

const NONE: readonly string[] = [];

/** The site that somebody works at here, of those that are theirs; null for who has none. */
export function useSite(): { readonly siteId: string | null; readonly siteIds: readonly string[]; readonly choose: (siteId: string) => void } {
  const siteIds = useStore(session)?.siteIds ?? NONE;
  const [chosen, choose] = useLocalStorage<string | null>({ key: 'lacollecte.site', defaultValue: null, getInitialValueInEffect: false });
  return { siteId: siteIds.find((id) => id === chosen) ?? siteIds[0] ?? null, siteIds, choose };
}
