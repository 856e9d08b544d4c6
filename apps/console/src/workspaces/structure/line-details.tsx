import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Quantity } from '../../parts/quantity.js';
import { useNow } from '../../parts/use-now.js';
import { When } from '../../parts/when.js';
import { siteName, useSites } from './use-sites.js';
import classes from './card.module.css';
import type { Explanation, Line } from './states.js';
import { structure } from './workspace.js';

const DAY_MS = 86_400_000;

/** What a line weighs and what bound it, figure by figure. */
export function LineDetails({ line, createdAt }: { readonly line: Line; readonly createdAt: string }) {
  const { t } = useTranslation(structure.name);
  const now = useNow();
  const days = line.explanation?.waitingDays ?? Math.max(0, Math.floor((now.getTime() - Date.parse(createdAt)) / DAY_MS));
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('details.urgency')}</dt>
        <dd>{t(`urgencies.${line.urgency as 1 | 2 | 3 | 4}`)}{line.urgency !== line.urgencyAsked && <> · {t('details.urgencyAsked', { urgency: line.urgencyAsked })}</>}</dd>
        <dt>{t('details.waiting')}</dt>
        <dd>{t('details.days', { count: days })}</dd>
        <dt>{t('details.grade')}</dt>
        <dd>{t(`grades.${line.minGrade}`)}</dd>
        {line.reason !== '' && <><dt>{t('details.reason')}</dt><dd>{line.reason}</dd></>}
        {line.explanation && <Weighed explanation={line.explanation} />}
      </dl>
      {line.explanation && <Text size="xs" c="dimmed" mt="xs">{t('details.formula')}</Text>}
    </>
  );
}

function Weighed({ explanation: { at, weight, deficit, competition, from } }: { readonly explanation: Explanation }) {
  const { t } = useTranslation(structure.name);
  const sites = useSites();
  return (
    <>
      <dt>{t('details.round')}</dt>
      <dd><When at={at} /></dd>
      <dt>{t('details.weight')}</dt>
      <dd><Quantity value={weight} decimals={2} />{deficit > 0 && <> · {t('details.deficit', { share: deficit })}</>}</dd>
      {competition && competition.lines > 0 && <><dt>{t('details.competition')}</dt><dd>{t('details.rivals', { count: competition.lines })} · {t('details.wanted', { wanted: competition.wanted, available: competition.available })}</dd></>}
      {from.length > 0 && (
        <>
          <dt>{t('details.from')}</dt>
          <dd>{from.map(({ siteId, grade, quantity, km }) => <div key={siteId + grade}>{t('details.fromSite', { quantity, grade, site: siteName(sites, siteId) })}{km !== null && <> · <Quantity value={km} unit="kilometer" /></>}</div>)}</dd>
        </>
      )}
    </>
  );
}
