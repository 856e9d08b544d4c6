import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Figures } from './impact-page.js';

/** Where the CO2e comes from: the number is never shown without it. */
export function ImpactFactors({ co2e: { factors, years, source, counted, uncounted } }: Pick<Figures, 'co2e'>) {
  const { t, i18n } = useTranslation('donor');
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const each = list.format(factors.map(({ category, kgPerYear }) => t('impact.factor', { kg: kgPerYear, category: t(`device.categories.${category}`).toLocaleLowerCase(i18n.language) })));
  return (
    <>
      <Text size="sm" c="dimmed" mt="xs">{t('impact.how', { count: counted, each, years })}</Text>
      {uncounted > 0 && <Text size="sm" c="dimmed" mt={4}>{t('impact.uncounted', { count: uncounted })}</Text>}
      <Text size="sm" c="dimmed" mt={4}>{t('impact.source', { source })}</Text>
    </>
  );
}
