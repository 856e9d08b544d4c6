import { Tabs } from '@mantine/core';
import { Check } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../parts/loading-rows.js';
import { Notice } from '../../../parts/notice.js';
import type { Sheet } from '../scanning/steps.js';
import classes from './device.module.css';
import { FORM_PARTS, type FormName, formsOf, nextForm } from './forms.js';
import type { StepAnswer } from './use-step.js';

interface Done {
  readonly step: string;
  readonly outcome: StepAnswer['outcome'] | 'edited';
}
const DONE_CHECK = { diagnose: 'diagnosis', erase: 'erasure', test: 'test', grade: 'grade' } as const;

/** The forms that its state offers, the next one open; what one sent is confirmed, and the one that follows comes. */
export function DeviceForms({ sheet }: { readonly sheet: Sheet }) {
  const { t } = useTranslation('warehouse');
  const forms = formsOf(sheet);
  const [chosen, choose] = useState<FormName | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const wanted = chosen ?? nextForm(sheet);
  const shown = forms.includes(wanted) ? wanted : 'edit';
  const isDone = (form: FormName) => form in DONE_CHECK && sheet.checks[DONE_CHECK[form as keyof typeof DONE_CHECK]];
  const onDone = (step: string, answer: StepAnswer | null) => {
    setDone({ step, outcome: answer?.outcome ?? 'edited' });
    choose(null);
  };
  // The button that was pressed may be gone: the keyboard goes on from the form that follows.
  useEffect(() => {
    if (done) panel.current?.focus();
  }, [done]);
  return (
    <section aria-label={t('device.forms')}>
      <div role="status">
        {done && (
          <div style={{ marginBottom: '1rem' }}>
            <Notice state={done.outcome === 'review' ? 'waiting' : 'done'} icon={Check} title={t(`device.outcomes.${done.outcome}`)}>
              {sheet.next !== null ? t('device.goesOn', { bench: t(`queue.benches.${sheet.next}`) }) : sheet.state === 'ready' && t('station.nothing.ready')}
            </Notice>
          </div>
        )}
      </div>
      <Tabs value={shown} onChange={(value) => (choose(forms.find((form) => form === value) ?? null), setDone(null))} keepMounted={false}>
        <Tabs.List mb="md">
          {forms.map((form) => <Tabs.Tab key={form} value={form} rightSection={isDone(form) ? <Check size={14} aria-label={t('device.doneCheck')} /> : undefined}>{t(`device.tabs.${form}`)}</Tabs.Tab>)}
        </Tabs.List>
        {forms.map((form) => {
          const Form = FORM_PARTS[form];
          return (
            <Tabs.Panel key={form} value={form}>
              <div ref={panel} tabIndex={-1} className={classes.panel}>
                <Suspense fallback={<LoadingRows rows={4} shape={[45, 45]} />}><Form key={`${form} ${sheet.id}`} sheet={sheet} onDone={onDone} /></Suspense>
              </div>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </section>
  );
}
