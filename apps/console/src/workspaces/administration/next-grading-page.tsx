import { TextInput } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../api/clients.js';
import { Page } from '../../parts/page.js';
import { PageMissing } from '../../shell/page-missing.js';
import { Fetched } from './fetched.js';
import { FormBody } from './form/form-body.js';
import { saved } from '../../parts/messages.js';
import { useForm } from './form/use-form.js';
import { refresh } from './refresh.js';
import { today } from './rules/day.js';
import { faultsOf, nextName, type Place, put, type Scheme } from './rules/scheme.js';
import { SchemeEditing } from './rules/scheme-edit.js';
import { type RuleSet, useRuleSets } from './rules/standing.js';
import { Section } from './section.js';

const SchemeView = lazy(() => import('./rules/scheme-view.js').then((part) => ({ default: part.SchemeView })));

/** A version of some grading rules that follows from a day on: made from one that is there. */
export function NextGradingPage() {
  const { ruleSetId } = useParams({ from: '/administration/rules/grading/$ruleSetId/next' });
  const query = useRuleSets();
  return (
    <Fetched query={query}>
      {(all) => {
        const set = all.find(({ id }) => id === ruleSetId);
        return set === undefined ? <PageMissing /> : <NextGrading key={set.id} set={set} all={all} />;
      }}
    </Fetched>
  );
}

interface Values {
  readonly id: string;
  readonly validFrom: string;
  readonly scheme: Scheme;
}

function NextGrading({ set, all }: { readonly set: RuleSet; readonly all: readonly RuleSet[] }) {
  const { t } = useTranslation('administration');
  const navigate = useNavigate();
  const taken = all.map(({ id }) => id);
  const form = useForm<Values>({
    initial: { id: nextName(set.id, today().slice(0, 4), taken), validFrom: '', scheme: set.scheme },
    check: ({ id, validFrom, scheme }) => ({
      id: (taken.includes(id) && t('refused.taken')) || (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(id) && t('refused.id')),
      validFrom: (validFrom === '' && t('refused.day')) || (validFrom < today() && t('refused.past')),
      ...Object.fromEntries(faultsOf(scheme).map(({ place, fault }) => [`scheme/${place}`, t(`refused.${fault}`)])),
    }),
    send: async (values) => {
      await refurbishment.call.POST('/api/refurbishment/rule-sets', { body: { ...values, categories: set.categories } });
      await refresh('/api/refurbishment/rule-sets');
      saved(t('grading.made', { name: values.id }));
      await navigate({ to: '/administration/rules/grading/$ruleSetId', params: { ruleSetId: values.id } });
    },
  });
  const { scheme } = form.values;
  const editing = { put: (place: Place, value: unknown) => form.set({ scheme: put(scheme, place, value) }), errorOf: (place: Place) => form.errorOf(`scheme/${place.join('/')}`) };
  const kinds = set.categories.map((one) => t(`categories.${one}`)).join(', ');
  return (
    <Page title={t('grading.nextOf', { kinds })} lead={t('grading.nextLead', { name: set.id })}>
      <FormBody form={form} submit={t('grading.propose')}>
        <Section title={t('grading.version')}>
          <TextInput type="date" label={t('rules.fromDay')} description={t('rules.fromDayHow')} min={today()} maw={320} mb="md" {...form.text('validFrom')} />
          <TextInput label={t('grading.name')} description={t('grading.nameHow')} maxLength={40} maw={320} {...form.text('id')} />
        </Section>
        <SchemeEditing value={editing}><Suspense><SchemeView scheme={scheme} /></Suspense></SchemeEditing>
      </FormBody>
    </Page>
  );
}
