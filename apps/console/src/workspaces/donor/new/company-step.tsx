import { Stack, Text, TextInput } from '@mantine/core';
import { Building2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import { sirenFault, type Words } from './draft-words.js';
import type { Company } from './use-company.js';

interface CompanyStepProps {
  readonly words: Words;
  readonly set: (change: Partial<Words>) => void;
  readonly company: Company | undefined;
}

/** Who gives, and what the gift is called. What is known of the company comes by itself. */
export function CompanyStep({ words, set, company }: CompanyStepProps) {
  const { t } = useTranslation('donor');
  const fault = sirenFault(words.siren, company?.siren ?? null);
  const needed = company?.kind === 'company';
  const why = fault === null || fault === 'missing' ? undefined : t(`new.company.sirenFault.${fault}`, { name: company?.name });
  return (
    <Stack gap="md" maw={560}>
      <TextInput label={t('new.company.title')} description={t('new.company.titleWhat')} required maxLength={500} value={words.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      <TextInput
        label={t('new.company.siren')} description={t('new.company.sirenWhat')} required={needed} inputMode="numeric" maxLength={20} value={words.siren}
        onChange={(event) => set({ siren: event.currentTarget.value })} error={why}
      />
      {company && fault === null && (
        <Notice state="done" icon={Building2} title={company.name}>
          <div>{company.street}, {company.postalCode} {company.city}</div>
          <Text size="sm">{t('new.company.known')}</Text>
        </Notice>
      )}
    </Stack>
  );
}
