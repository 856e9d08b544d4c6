import { Button, Group, Title } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { intake } from '../../api/clients.js';
import { EmptyState } from '../../parts/empty-state.js';
import { ErrorState } from '../../parts/error-state.js';
import { LoadingRows } from '../../parts/loading-rows.js';
import { Page } from '../../parts/page.js';
import { saved } from '../../parts/messages.js';
import { isMissing, type Lot } from './lot.js';
import { CompanyStep } from './new/company-step.js';
import { missingOf, type Step, STEPS, stepOf } from './new/draft-words.js';
import { EquipmentStep } from './new/equipment-step.js';
import { PickupStep } from './new/pickup-step.js';
import { ReviewStep } from './new/review-step.js';
import { SavedLine } from './new/saved-line.js';
import { StepsBar } from './new/steps-bar.js';
import { useCompany } from './new/use-company.js';
import { type Draft, ifMatch, useDraft } from './new/use-draft.js';
import { isPending, useManifest } from './new/use-manifest.js';
import { useWords } from './new/use-words.js';

/** A gift that is not sent yet, continued where something lacks. */
export function EditPage() {
  const { t } = useTranslation('donor');
  const { lotId } = useParams({ strict: false }) as { lotId: string };
  const draft = useDraft(lotId);
  const { lot, error } = draft;
  const back = <Button renderRoot={(props) => <Link to="/donor/lots" {...props} />}>{t('nav.lots')}</Button>;
  if (error !== null && !lot) {
    return <Page title={t('nav.new')}>{isMissing(error) ? <EmptyState icon={SearchX} title={t('new.gone')} text={t('new.goneHow')} action={back} /> : <ErrorState error={error} retry={() => void draft.reload()} />}</Page>;
  }
  if (!lot) return <Page title={t('nav.new')}><LoadingRows rows={4} /></Page>;
  if (lot.state !== 'draft') return <Page title={lot.title}><EmptyState icon={SearchX} title={t('new.sentAlready')} text={t('new.sentAlreadyHow')} action={back} /></Page>;
  return <Editor key={lotId} draft={draft} lot={lot} />;
}

/** Who goes to a step goes on at its beginning. */
const focus = (heading: HTMLHeadingElement | null) => heading?.focus();

function Editor({ draft, lot }: { readonly draft: Draft; readonly lot: Lot }) {
  const { t } = useTranslation('donor');
  const navigate = useNavigate();
  const company = useCompany().data;
  const manifest = useManifest(draft);
  const { words, set, ...kept } = useWords(draft, lot);
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const missing = missingOf(words, {
    devices: lot.declared, listPending: manifest.manifest !== undefined && isPending(manifest.manifest), own: company?.siren ?? null, sirenNeeded: company?.kind === 'company',
  });
  const [step, setStep] = useState<Step>(() => (missing[0] ? stepOf(missing[0]) : 'review'));
  const [moved, setMoved] = useState(false);
  const go = (to: Step) => {
    setMoved(true);
    void kept.save();
    setStep(to);
  };
  const send = async () => {
    setSending(true);
    setError(null);
    try {
      if (!(await kept.save())) return;
      await draft.change((version) => intake.call.POST('/api/intake/lots/{lotId}/submission', { params: { path: { lotId: lot.id }, header: ifMatch(version) as never } }), false);
      saved(t('new.sent', { title: words.title }));
      await navigate({ to: `/donor/lots/${lot.id}` as string, replace: true });
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };
  const at = STEPS.indexOf(step);
  return (
    <Page title={words.title.trim() === '' ? t('nav.new') : words.title} lead={<SavedLine saved={kept.saved} save={kept.save} keepMine={kept.keepMine} takeTheirs={kept.takeTheirs} />}>
      <StepsBar step={step} missing={missing} onStep={go} />
      <Title key={step} order={2} mb="md" tabIndex={-1} ref={moved ? focus : null} style={{ outline: 'none' }}>{t(`new.steps.${step}`)}</Title>
      {step === 'company' && <CompanyStep words={words} set={set} company={company} />}
      {step === 'equipment' && <EquipmentStep draft={draft} manifest={manifest} />}
      {step === 'pickup' && <PickupStep words={words} set={set} />}
      {step === 'review' && <ReviewStep words={words} company={company?.name} devices={lot.declared} missing={missing} error={error} sending={sending} onStep={go} onSend={() => void send()} />}
      <Group mt="xl" gap="sm">
        {at > 0 && <Button variant="default" onClick={() => go(STEPS[at - 1]!)}>{t('new.back')}</Button>}
        {at < STEPS.length - 1 && <Button onClick={() => go(STEPS[at + 1]!)}>{t('new.next')}</Button>}
        <Button variant="subtle" renderRoot={(props) => <Link to="/donor/lots" {...props} />}>{t('new.later')}</Button>
      </Group>
    </Page>
  );
}
