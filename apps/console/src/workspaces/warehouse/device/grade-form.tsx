import { NativeSelect, SimpleGrid, Text } from '@mantine/core';
import { Award } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../../api/clients.js';
import { ErrorState } from '../../../parts/error-state.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Notice } from '../../../parts/notice.js';
import { useNow } from '../../../parts/use-now.js';
import type { FormProps } from './forms.js';
import { adjustmentsIn, ruleSetFor, unsaidFigures } from './grading.js';
import { StepForm } from './step-form.js';
import { useDraft } from './use-draft.js';
import { useStep } from './use-step.js';

const KNOWN = ['technical', 'cosmetic', 'adjustment'] as const;
const PARIS_DAY = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The grade that the rules in force give, corrected for its looks and for what no figure says. */
export function GradeForm({ sheet, onDone }: FormProps) {
  const { t, i18n } = useTranslation('warehouse');
  const now = useNow();
  const rules = refurbishment.useQuery('get', '/api/refurbishment/rule-sets', {}, { staleTime: 600_000 });
  const draft = useDraft<Readonly<Record<string, string>>>(sheet.id, 'grade', {});
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone('grade', answer)));
  const signed = new Intl.NumberFormat(i18n.language, { signDisplay: 'exceptZero' });
  if (!rules.data) return rules.error ? <ErrorState error={rules.error} retry={() => void rules.refetch()} /> : <LoadingRows rows={3} shape={[40]} />;
  const set = ruleSetFor(rules.data, sheet.category, PARIS_DAY.format(now));
  const grading = sheet.grading && (
    <Notice state={sheet.checks.grade ? 'done' : 'failed'} icon={Award} title={t('station.grade', { grade: sheet.grading.grade })}>
      {t('device.gradeFrom', { points: sheet.grading.total, rules: sheet.grading.ruleSet })}{sheet.grading.cappedAt !== null && ` ${t('device.capped', { grade: sheet.grading.cappedAt })}`}
      {!sheet.checks.grade && <div>{t('device.gradeTooLow')}</div>}
    </Notice>
  );
  if (sheet.checks.grade) return grading;
  if (!set) return <Notice state="waiting" icon={Award} title={t('device.noRules')} />;
  const textOf = (name: string) => {
    const known = KNOWN.find((one) => one === name);
    return known === undefined ? name : t(`device.adjustments.${known}`);
  };
  const missing = [
    ...(sheet.checks.test ? [] : [t('device.testFirst')]), ...unsaidFigures(set, sheet).map((figure) => t(`device.figures.${figure}`)),
  ];
  const adjustments = Object.fromEntries(adjustmentsIn(set).flatMap(({ name }) => (draft.values[name] ? [[name, Number(draft.values[name])]] : [])));
  return (
    <StepForm label={t('device.send.grade')} draft={draft} missing={missing} sending={sending} send={() => void send({ step: 'grade', adjustments })}>
      {grading}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {adjustmentsIn(set).map(({ name, values }) => (
          <NativeSelect
            key={name} label={textOf(name)} value={draft.values[name] ?? ''} onChange={(event) => draft.change({ [name]: event.currentTarget.value })}
            data={[{ value: '', label: t('device.asMeasured') }, ...values.filter((value) => value !== 0).map((value) => ({ value: String(value), label: signed.format(value) }))]}
          />
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">{t('device.rules', { rules: set.id })}</Text>
    </StepForm>
  );
}
