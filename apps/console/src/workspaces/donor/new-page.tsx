import { Button, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { CompanyStep } from './new/company-step.js';
import { missingOf, sentOf, stepOf, type Words, wordsOf } from './new/draft-words.js';
import { StepsBar } from './new/steps-bar.js';
import { type Company, useCompany, wishOf } from './new/use-company.js';

/** The first step of a gift that is not there yet: with it the draft begins, which keeps itself from then on. */
export function NewPage() {
  const { t } = useTranslation('donor');
  const company = useCompany();
  return (
    <Page title={t('nav.new')} lead={t('new.lead')}>
      {company.isPending && <LoadingRows rows={3} />}
      {company.error !== null && <ErrorState error={company.error} retry={() => void company.refetch()} />}
      {company.data && <Begin company={company.data} />}
    </Page>
  );
}

function Begin({ company }: { readonly company: Company }) {
  const { t, i18n } = useTranslation('donor');
  const navigate = useNavigate();
  const [words, setWords] = useState<Words>(() => wordsOf({ title: t('new.company.titleOf', { date: new Date().toLocaleDateString(i18n.language, { dateStyle: 'long' }) }), pickupWish: wishOf(company) }));
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const missing = missingOf(words, { devices: 0, listPending: false, own: company.siren, sirenNeeded: company.kind === 'company' });
  const ready = missing.every((needed) => stepOf(needed) !== 'company');
  const begin = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!ready || sending) return;
    setSending(true);
    setError(null);
    try {
      const { title = '', pickupWish } = sentOf(words);
      const { data } = await intake.call.POST('/api/intake/lots', { body: { title, pickupWish } });
      await navigate({ to: `/donor/lots/${data!.id}/edit` as string, replace: true });
    } catch (failure) {
      setError(failure);
      setSending(false);
    }
  };
  return (
    <>
      <StepsBar step="company" missing={missing} onStep={(step) => step !== 'company' && void begin()} />
      <form onSubmit={(event) => void begin(event)} noValidate>
        <Stack gap="md">
          <CompanyStep words={words} set={(change) => setWords((before) => ({ ...before, ...change }))} company={company} />
          {error !== null && <ErrorState error={error} />}
          <div><Button type="submit" disabled={!ready} loading={sending}>{t('new.next')}</Button></div>
        </Stack>
      </form>
    </>
  );
}
