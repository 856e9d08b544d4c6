import { Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { ActButton } from './act-button.js';
import type { Organisation } from './inbox-entries.js';
import { ReasonAction } from './reason-action.js';

const USUAL_QUOTA = 20;

/** Approve it, a structure with its quota, or decline it. */
export function DecideOrganisation({ organisation, onDecided }: { readonly organisation: Organisation; readonly onDecided: () => Promise<void> }) {
  const { t } = useTranslation('coordination');
  const [quota, setQuota] = useState<number | string>(organisation.quotaPerQuarter ?? USUAL_QUOTA);
  const versioned = { params: { path: { organisationId: organisation.organisationId }, header: { 'If-Match': String(organisation.version) } } };
  const isStructure = organisation.activity === 'structure';
  const approve = async () => {
    await directory.call.POST('/api/directory/organisations/{organisationId}/approval', { ...versioned, body: isStructure ? { quotaPerQuarter: Number(quota) } : {} });
    await onDecided();
  };
  const decline = async (reason: string) => {
    await directory.call.POST('/api/directory/organisations/{organisationId}/refusal', { ...versioned, body: { reason } });
    await onDecided();
  };
  return (
    <>
      <Text my="sm">
        {organisation.street}, {organisation.postalCode} {organisation.city}
        {organisation.siren !== null && <> · {t('organisation.siren', { siren: organisation.siren })}</>}
        {organisation.peopleServed !== null && <> · {t('organisation.people', { count: organisation.peopleServed })}</>}
      </Text>
      {isStructure && <NumberInput label={t('organisation.quota')} value={quota} onChange={setQuota} min={1} max={100_000} allowDecimal={false} maw={260} mb="md" />}
      <Group gap="sm">
        <ActButton act={approve} shortcut="a" disabled={isStructure && !(Number(quota) > 0)}>{t('organisation.approve')}</ActButton>
        <ReasonAction label={t('organisation.decline')} question={t('organisation.declineQuestion', { name: organisation.name })} act={decline} shortcut="r" />
      </Group>
    </>
  );
}
