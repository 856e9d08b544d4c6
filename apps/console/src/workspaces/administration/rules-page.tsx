import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { matching } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { Fetched } from './fetched.js';
import { LinkButton } from './link-button.js';
import { Day, today } from './rules/day.js';
import { standingOf, useRuleSets } from './rules/standing.js';
import { useFigures } from './rules/use-figures.js';
import { Section } from './section.js';

/** What devices are graded, priced and handed out by today, and what comes next. */
export function RulesPage() {
  const { t } = useTranslation('administration');
  const sets = useRuleSets();
  const tables = matching.useQuery('get', '/api/matching/price-tables');
  const figures = useFigures();
  const changed = figures.all.filter(({ version }) => version > 0).length;
  return (
    <Page title={t('nav.rules')} lead={t('rules.lead')}>
      <Section title={t('grading.title')} lead={t('grading.lead')}>
        <Fetched query={sets}>
          {(all) => (
            <Stack gap="sm">
              {all.map((set) => {
                const standing = standingOf(set, all);
                return (
                  <div key={set.id}>
                    <Anchor fw={600} mr="sm" renderRoot={(props) => <Link to="/administration/rules/grading/$ruleSetId" params={{ ruleSetId: set.id }} {...props} />}>{set.categories.map((one) => t(`categories.${one}`)).join(', ')}</Anchor>
                    <StateChip size="sm" state={standing === 'now' ? 'done' : standing === 'ahead' ? 'waiting' : 'left'} label={t(`standing.${standing}`)} />
                    <Text size="sm" c="dimmed">{set.id} · {t('rules.from')} <Day at={set.validFrom} /></Text>
                  </div>
                );
              })}
            </Stack>
          )}
        </Fetched>
      </Section>
      <Section title={t('prices.title')} lead={t('prices.lead')} actions={<LinkButton to="/administration/rules/prices" variant="default">{t('prices.see')}</LinkButton>}>
        <Fetched query={tables} rows={1}>
          {(all) => {
            const now = all.find(({ validFrom }) => validFrom <= today());
            const ahead = all.filter(({ validFrom }) => validFrom > today());
            return (
              <Text size="sm">
                {now ? <>{t('prices.since')} <Day at={now.validFrom} />. </> : `${t('prices.none')} `}
                {ahead.length > 0 && t('prices.ahead', { count: ahead.length })}
              </Text>
            );
          }}
        </Fetched>
      </Section>
      <Section title={t('figures.title')} lead={t('figures.lead')} actions={<LinkButton to="/administration/rules/figures" variant="default">{t('figures.see')}</LinkButton>}>
        {!figures.pending && <Text size="sm">{t('figures.count', { count: figures.all.length })} {changed === 0 ? t('figures.noneChanged') : t('figures.changed', { count: changed })}</Text>}
      </Section>
    </Page>
  );
}
