import { Anchor, Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Check, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { directory } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { Notice } from '../../parts/notice.js';
import { Page } from '../../parts/page.js';
import { Timeline } from '../../parts/timeline.js';
import classes from './card.module.css';
import { type Application, applicationOf, EMPTY, missingIn } from './application.js';
import { NumberField } from './number-field.js';
import { structure } from './workspace.js';

const KINDS = ['association', 'public-body', 'company'] as const;

/** For who has no account: ask to be one of the structures. What is typed is kept in this browser until it is sent. */
export function ApplyPage() {
  const { t } = useTranslation(structure.name);
  const [draft, keep, forget] = useLocalStorage<Application>({ key: 'lacollecte.application', defaultValue: EMPTY, getInitialValueInEffect: false });
  const register = directory.useMutation('post', '/api/directory/registrations');
  const missing = missingIn(draft).map((field) => t(`apply.missing.${field}`));
  const set = (part: Partial<Application>) => keep({ ...draft, ...part });
  const text = (field: 'name' | 'siren' | 'street' | 'postalCode' | 'city' | 'person' | 'email', more: object = {}) => (
    <TextInput label={t(`apply.${field}`)} withAsterisk value={draft[field]} onChange={({ currentTarget: { value } }) => set({ [field]: value })} maxLength={200} {...more} />
  );
  const send = async () => {
    await register.mutateAsync({ body: applicationOf(draft) });
    forget();
  };
  if (register.isSuccess) return <Received sentAt={register.submittedAt} />;
  return (
    <Page title={t('apply.title')} lead={t('apply.lead')}>
      <Stack gap="md" maw="44rem" className={classes.form} component="form" onSubmit={(event) => (event.preventDefault(), void send().catch(() => undefined))}>
        <NativeSelect label={t('apply.kind')} value={draft.kind} onChange={({ currentTarget: { value } }) => set({ kind: KINDS.find((one) => one === value) ?? 'association' })} data={KINDS.map((value) => ({ value, label: t(`organisationKinds.${value}`) }))} />
        {text('name', { autoComplete: 'organization' })}
        {text('siren', { withAsterisk: draft.kind !== 'association', inputMode: 'numeric', description: t('apply.sirenHow'), maxLength: 20 })}
        {text('street', { autoComplete: 'street-address' })}
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {text('postalCode', { autoComplete: 'postal-code', inputMode: 'numeric', maxLength: 5 })}
          {text('city', { autoComplete: 'address-level2' })}
        </SimpleGrid>
        <NumberField label={t('apply.peopleServed')} description={t('apply.peopleServedHow')} withAsterisk min={1} max={1_000_000} value={draft.peopleServed} onChange={(peopleServed) => set({ peopleServed })} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {text('person', { autoComplete: 'name' })}
          {text('email', { type: 'email', autoComplete: 'email', maxLength: 254 })}
        </SimpleGrid>
        <Text size="sm" c="dimmed">{t('apply.privacy')}</Text>
        <div className={classes.sticky}>
          {register.error && <ErrorState error={register.error} />}
          <Group justify="space-between" gap="sm">
            <Text size="sm" role="status" style={{ flex: '1 1 12rem' }}>{missing.length > 0 ? t('draft.lacks', { what: missing.join(', ') }) : t('apply.ready')}</Text>
            <Button type="submit" disabled={missing.length > 0} loading={register.isPending} leftSection={<Send size={18} aria-hidden />}>{t('apply.send')}</Button>
          </Group>
        </div>
        <Text size="sm">{t('apply.account')} <Anchor href="/" inherit underline="always">{t('apply.signIn')}</Anchor></Text>
      </Stack>
    </Page>
  );
}

/** Said the same whether they were known already: nobody learns who is here. */
function Received({ sentAt }: { readonly sentAt: number }) {
  const { t } = useTranslation(structure.name);
  return (
    <Page title={t('apply.received')}>
      <Stack gap="lg" maw="44rem">
        <Notice state="done" icon={Check} title={t('apply.receivedTitle')} aloud>{t('apply.receivedHow')}</Notice>
        <Timeline
          label={t('apply.next')}
          steps={[
            { key: 'sent', title: t('apply.steps.sent'), state: 'done', at: new Date(sentAt).toISOString() },
            { key: 'read', title: t('apply.steps.read'), state: 'waiting', detail: t('apply.steps.readHow') },
            { key: 'link', title: t('apply.steps.link'), state: 'waiting', detail: t('apply.steps.linkHow') },
            { key: 'need', title: t('apply.steps.need'), state: 'waiting', detail: t('apply.steps.needHow') },
          ]}
        />
        <div><Button component="a" href="/" variant="default">{t('apply.signIn')}</Button></div>
      </Stack>
    </Page>
  );
}
