import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../parts/page.js';
import { StateChip } from '../../parts/state-chip.js';
import { PageMissing } from '../../shell/page-missing.js';
import { Facts } from './facts.js';
import { Fetched } from './fetched.js';
import { LinkButton } from './link-button.js';
import { Day } from './rules/day.js';
import { type RuleSet, standingOf, useRuleSets } from './rules/standing.js';
import { Section } from './section.js';

const SchemeView = lazy(() => import('./rules/scheme-view.js').then((part) => ({ default: part.SchemeView })));

/** By which rules some kinds of device get their grade. */
export function GradingPage() {
  const { ruleSetId } = useParams({ from: '/administration/rules/grading/$ruleSetId' });
  const query = useRuleSets();
  return (
    <Fetched query={query}>
      {(all) => {
        const set = all.find(({ id }) => id === ruleSetId);
        return set === undefined ? <PageMissing /> : <GradingFound set={set} all={all} />;
      }}
    </Fetched>
  );
}

function GradingFound({ set, all }: { readonly set: RuleSet; readonly all: readonly RuleSet[] }) {
  const { t } = useTranslation('administration');
  const standing = standingOf(set, all);
  const kinds = set.categories.map((one) => t(`categories.${one}`)).join(', ');
  return (
    <Page
      title={t('grading.of', { kinds })}
      lead={t('grading.pageLead')}
      actions={<LinkButton to={`/administration/rules/grading/${set.id}/next`}>{t('grading.next')}</LinkButton>}
    >
      <Section title={t('grading.version')}>
        <Facts
          facts={[
            [t('grading.name'), set.id],
            [t('rules.since'), <Day key="day" at={set.validFrom} />],
            [t('people.state'), <StateChip key="state" size="sm" state={standing === 'now' ? 'done' : standing === 'ahead' ? 'waiting' : 'left'} label={t(`standing.${standing}`)} />],
          ]}
        />
      </Section>
      <Suspense><SchemeView scheme={set.scheme} /></Suspense>
    </Page>
  );
}
