import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { directory } from '../../../api/clients.js';
import { ConfirmAction } from '../../../parts/confirm-action.js';
import { FormWindow } from '../form/form-window.js';
import { NumberField } from '../form/number-field.js';
import { decided } from '../refresh.js';
import { today } from '../rules/day.js';
import type { Organisation } from './organisation.js';

interface Terms {
  readonly quotaPerQuarter: number | string;
  /** A day; empty: as long as the figure says. */
  readonly approvedUntil: string;
}

const NO_REASON = { reason: '' };

/** What may be decided about an organisation as it stands. */
export function Decisions({ organisation }: { readonly organisation: Organisation }) {
  const { t } = useTranslation('administration');
  const { organisationId, version, name, state, activity, quotaPerQuarter } = organisation;
  const params = { path: { organisationId }, header: { 'If-Match': String(version) } };
  const after = <T,>(answer: Promise<T>) => decided(answer, '/api/directory/organisations');
  const approve = (body: { quotaPerQuarter?: number; approvedUntil?: string }) => after(directory.call.POST('/api/directory/organisations/{organisationId}/approval', { params, body }));
  const renew = (body: { quotaPerQuarter?: number; approvedUntil?: string }) => after(directory.call.POST('/api/directory/organisations/{organisationId}/renewal', { params, body }));
  const refuse = (body: { reason: string }) => after(directory.call.POST('/api/directory/organisations/{organisationId}/refusal', { params, body }));
  const suspend = (body: { reason: string }) => after(directory.call.POST('/api/directory/organisations/{organisationId}/suspension', { params, body }));

  const terms = (label: string, title: string, send: typeof approve, primary: boolean) => (
    <FormWindow<Terms>
      label={label}
      title={title}
      lead={t('organisation.termsLead')}
      initial={{ quotaPerQuarter: quotaPerQuarter ?? '', approvedUntil: '' }}
      check={({ quotaPerQuarter: quota, approvedUntil }) => ({ quotaPerQuarter: quota !== '' && !Number.isInteger(Number(quota)) && t('refused.whole'), approvedUntil: approvedUntil !== '' && approvedUntil <= today() && t('refused.future') })}
      send={(values) => send(termsOf(values))}
      {...(!primary && { button: { variant: 'default' } })}
      fields={(form) => (
        <>
          <NumberField label={t('organisation.quotaField')} description={t('organisation.quotaHow')} {...form.pick('quotaPerQuarter')} />
          <TextInput type="date" label={t('organisation.untilField')} description={t('organisation.untilHow')} min={today()} {...form.text('approvedUntil')} />
        </>
      )}
    />
  );
  const because = (label: string, title: string, lead: string, send: typeof refuse) => (
    <FormWindow
      label={label}
      title={title}
      lead={lead}
      initial={NO_REASON}
      check={({ reason }) => ({ reason: reason.trim().length < 3 && t('refused.reason') })}
      send={send}
      danger
      fields={(form) => <Textarea label={t('organisation.reason')} description={t('organisation.reasonHow')} autosize minRows={2} maxLength={500} data-autofocus {...form.text('reason')} />}
    />
  );

  if (state === 'declined') return null;
  const letIn = t(state === 'suspended' ? 'organisation.resume' : 'organisation.approve');
  const letInAsk = t(state === 'suspended' ? 'organisation.resumeAsk' : 'organisation.approveAsk', { name });
  return (
    <>
      {state !== 'approved' && (activity === 'structure' ? terms(letIn, letInAsk, approve, true) : <ConfirmAction label={letIn} question={letInAsk} consequence={t('organisation.approveThen')} act={() => approve({})} />)}
      {state === 'pending' && because(t('organisation.decline'), t('organisation.declineAsk', { name }), t('organisation.declineThen'), refuse)}
      {state === 'approved' && activity === 'structure' && terms(t('organisation.renew'), t('organisation.renewAsk', { name }), renew, false)}
      {state === 'approved' && because(t('organisation.suspend'), t('organisation.suspendAsk', { name }), t('organisation.suspendThen'), suspend)}
    </>
  );
}

/** What was left empty is as the figures say. A day counts until late in its evening in Paris. */
function termsOf({ quotaPerQuarter, approvedUntil }: Terms): { quotaPerQuarter?: number; approvedUntil?: string } {
  return { ...(quotaPerQuarter !== '' && { quotaPerQuarter: Number(quotaPerQuarter) }), ...(approvedUntil !== '' && { approvedUntil: `${approvedUntil}T22:00:00Z` }) };
}
