import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { Fetched } from './fetched.js';
import { useFigures } from './rules/use-figures.js';
import { Section } from './section.js';

const FigureRow = lazy(() => import('./rules/figure-row.js').then((part) => ({ default: part.FigureRow })));

/** By which figures the trade runs: each in words, with its unit and where it comes from. */
export function FiguresPage() {
  const { t } = useTranslation('administration');
  const { services } = useFigures();
  return (
    <Page title={t('figures.title')} lead={t('figures.pageLead')}>
      {services.map(({ service, query, figures }) => (query.data?.length === 0 ? null : (
        <Section key={service} title={t(`figures.of.${service}`)}>
          <Fetched query={query}>{() => <Suspense fallback={<LoadingRows rows={figures.length} height={84} />}>{figures.map((figure) => <FigureRow key={figure.name} figure={figure} />)}</Suspense>}</Fetched>
        </Section>
      )))}
    </Page>
  );
}
