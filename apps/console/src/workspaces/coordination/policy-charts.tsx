import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { language } from '../../i18n/i18n.js';
import { BarChart } from './bar-chart.js';
import type { DryRun } from './compare-policies.js';

/** Fill by urgency, who is least served and how evenly, and the way: for each α. */
export function PolicyCharts({ policies }: { readonly policies: DryRun['policies'] }) {
  const { t } = useTranslation('coordination');
  const series = policies.map(({ alpha }) => t('alphaIs', { alpha }));
  const percent = (value: number) => new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 0 }).format(value);
  const kilometres = (value: number) => new Intl.NumberFormat(language(), { style: 'unit', unit: 'kilometer', maximumFractionDigits: 0 }).format(value);
  const urgencies = [...new Set(policies.flatMap(({ figures }) => figures.fillByUrgency.map(({ urgency }) => urgency)))].sort((a, b) => b - a);
  const fill = (urgency: number) => policies.map(({ figures }) => figures.fillByUrgency.find((row) => row.urgency === urgency)?.fill ?? null);
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="xl" my="lg">
      <BarChart title={t('chart.fill')} series={series} groups={urgencies.map((urgency) => ({ name: t('urgency', { urgency }), values: fill(urgency) }))} say={percent} most={1} />
      <BarChart
        title={t('chart.fairness')}
        series={series}
        groups={[
          { name: t('chart.least'), values: policies.map(({ figures }) => figures.leastFill) },
          { name: t('chart.even'), values: policies.map(({ figures }) => figures.jain) },
        ]}
        say={percent}
        most={1}
      />
      <BarChart title={t('chart.way')} series={series} groups={[{ name: t('chart.kilometres'), values: policies.map(({ figures }) => figures.kilometres) }]} say={kilometres} />
    </SimpleGrid>
  );
}
