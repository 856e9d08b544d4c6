import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { CheckCheck, ClipboardCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { language } from '../../../i18n/i18n.js';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Notice } from '../../../parts/notice.js';
import type { ChecklistItem } from '../scanning/steps.js';
import { useChecklists } from '../scanning/use-checklists.js';
import classes from './device.module.css';
import type { FormProps } from './forms.js';
import { StepForm } from './step-form.js';
import { lackOf, NO_RESULT, type Result, resultsOf, type TestDraft, testBody, VERDICTS } from './test-results.js';
import { useDraft } from './use-draft.js';
import { useStep } from './use-step.js';

/** Every function on the list of its kind, each with its answer. */
export function TestForm({ sheet, onDone }: FormProps) {
  const { t } = useTranslation('warehouse');
  const items = useChecklists()?.[sheet.category];
  const draft = useDraft<TestDraft>(sheet.id, 'test', resultsOf(sheet));
  const { send, ...sending } = useStep(sheet, (answer) => (draft.forget(), onDone('test', answer)));
  if (sheet.checks.test) return <Notice state="done" icon={ClipboardCheck} title={t('device.tested')}>{t('device.testedHow')}</Notice>;
  if (!items) return <LoadingRows rows={6} shape={[30, 40]} />;
  const resultOf = ({ code }: ChecklistItem): Result => draft.values[code] ?? NO_RESULT;
  const change = (code: string, part: Partial<Result>) => draft.change({ [code]: { ...(draft.values[code] ?? NO_RESULT), ...part } });
  const missing = items.flatMap((item) => {
    const lack = lackOf(item, resultOf(item));
    return lack === null ? [] : [lack === 'value' ? t('device.valueOf', { item: item[language()] }) : item[language()]];
  });
  const failing = items.filter((item) => item.blocks && resultOf(item).verdict === 'fails');
  const allWork = () => draft.change(Object.fromEntries(items.filter((item) => resultOf(item).verdict === '').map(({ code }) => [code, { ...(draft.values[code] ?? NO_RESULT), verdict: 'works' as const }])));
  const first = sheet.checks.diagnosis ? [] : [t('device.diagnosisFirst')];
  return (
    <StepForm label={t('device.send.test')} draft={draft} missing={[...first, ...missing]} sending={sending} send={() => void send(testBody(items, draft.values))}>
      <Group><Button variant="default" leftSection={<CheckCheck size={16} aria-hidden />} onClick={allWork}>{t('device.restWorks')}</Button></Group>
      <Stack gap={0}>
        {items.map((item) => {
          const { verdict, value } = resultOf(item);
          return (
            <div key={item.code} className={classes.item}>
              <Radio.Group label={item[language()]} value={verdict} onChange={(next) => change(item.code, { verdict: VERDICTS.find((one) => one === next) ?? '' })}>
                <Group gap="lg" mt={4}>
                  {VERDICTS.filter((one) => one !== 'not-applicable' || item.optional === true).map((one) => <Radio key={one} value={one} label={t(`device.verdicts.${one}`)} />)}
                </Group>
              </Radio.Group>
              {item.value !== undefined && verdict !== 'not-applicable' && (
                <TextInput
                  label={item.value === 'percent' ? t('device.percent', { item: item[language()] }) : t('device.valueOf', { item: item[language()] })} w="16rem" autoComplete="off" value={value} inputMode={item.value === 'percent' ? 'decimal' : 'text'}
                  onChange={(event) => change(item.code, { value: event.currentTarget.value })}
                />
              )}
            </div>
          );
        })}
      </Stack>
      {failing.length > 0 && <Text size="sm">{t('device.willStayOpen', { what: failing.map((item) => item[language()]).join(', ') })}</Text>}
    </StepForm>
  );
}
