import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';
import { Fetched } from './fetched.js';
import { FigureRow } from './rules/figure-row.js';
import { useFigures } from './rules/use-figures.js';
import { Section } from './section.js';

/** By which figures the trade runs: each in words, with its unit and where it comes from. */
export function FiguresPage() {
  const { t } = useTranslation('administration');
  const { services } = useFigures();
  return (
    <Page title={t('figures.title')} lead={t('figures.pageLead')}>
      {services.map(({ service, query, figures }) => (query.data?.length === 0 ? null : (
        <Section key={service} title={t(`figures.of.${service}`)}>
          <Fetched query={query}>{() => figures.map((figure) => <FigureRow key={figure.name} figure={figure} />)}</Fetched>
        </Section>
      )))}
    </Page>
  );
}
