import { Checkbox, Group, Stack } from '@mantine/core';
import type { Role } from '@lacollecte/contracts';
import { useTranslation } from 'react-i18next';
import type { Form } from '../form/use-form.js';
import { useSites } from '../sites/use-sites.js';

export interface PlaceValues {
  readonly roles: Role[];
  readonly siteIds: string[];
}

interface PlaceFieldsProps<Values extends PlaceValues> {
  readonly form: Form<Values>;
  /** Of which one may choose. */
  readonly roles: readonly Role[];
  /** With these one acts at sites. */
  readonly atSites: readonly Role[];
  readonly disabled?: boolean;
}

/** Roles, each with what it allows, and the sites of those that act at some. */
export function PlaceFields<Values extends PlaceValues>({ form, roles, atSites, disabled = false }: PlaceFieldsProps<Values>) {
  const { t } = useTranslation('administration');
  const sites = useSites().filter(({ siteId, state }) => state === 'open' || form.values.siteIds.includes(siteId));
  const hasSites = form.values.roles.some((role) => atSites.includes(role));
  const choose = (chosen: string[]) => {
    const next = roles.filter((role) => chosen.includes(role));
    form.set({ roles: next, ...(!next.some((role) => atSites.includes(role)) && { siteIds: [] }) } as unknown as Partial<Values>);
  };
  return (
    <>
      <Checkbox.Group label={t('place.roles')} value={[...form.values.roles]} onChange={choose} error={form.errorOf('roles')}>
        <Stack gap="xs" my="xs">
          {roles.map((role) => <Checkbox key={role} value={role} disabled={disabled} label={t(`roles.${role}`)} description={t(`allows.${role}`)} />)}
        </Stack>
      </Checkbox.Group>
      {hasSites && (
        <Checkbox.Group label={t('place.sites')} description={t('place.sitesHow')} value={form.values.siteIds} onChange={(siteIds) => form.set({ siteIds } as unknown as Partial<Values>)} error={form.errorOf('siteIds')}>
          <Group gap="md" my="xs">{sites.map(({ siteId, name }) => <Checkbox key={siteId} value={siteId} label={name} disabled={disabled} />)}</Group>
        </Checkbox.Group>
      )}
    </>
  );
}
