import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../parts/error-state.js';
import { Notice } from '../../../parts/notice.js';
import { type Needed, type Step, stepOf, type Words } from './draft-words.js';

interface ReviewStepProps {
  readonly words: Words;
  readonly company: string | undefined;
  readonly devices: number;
  readonly missing: readonly Needed[];
  readonly error: unknown;
  readonly sending: boolean;
  readonly onStep: (step: Step) => void;
  readonly onSend: () => void;
}

/** All that will be sent, once more; what lacks leads to where it is given. */
export function ReviewStep({ words, company, devices, missing, error, sending, onStep, onSend }: ReviewStepProps) {
  const { t, i18n } = useTranslation('donor');
  const part = (step: Step, children: ReactNode) => (
    <Paper withBorder p="md" bg="var(--lc-raised)" component="section" aria-labelledby={`review-${step}`}>
      <Group justify="space-between" mb={4}>
        <Title order={3} id={`review-${step}`}>{t(`new.steps.${step}`)}</Title>
        <Anchor component="button" onClick={() => onStep(step)} aria-label={t('new.review.changeOf', { step: t(`new.steps.${step}`) })}>{t('new.review.change')}</Anchor>
      </Group>
      {children}
    </Paper>
  );
  const details = (['floor', 'hours', 'contact', 'phone', 'remarks'] as const).filter((wish) => words[wish] !== '');
  const from = words.from === '' ? null : new Date(`${words.from}T12:00:00`).toLocaleDateString(i18n.language, { dateStyle: 'long' });
  return (
    <Stack gap="md" maw={680}>
      {missing.length > 0 && (
        <Notice state="waiting" icon={CircleAlert} title={t('new.review.missing', { count: missing.length })}>
          <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>
            {missing.map((needed) => <li key={needed}><Anchor component="button" onClick={() => onStep(stepOf(needed))}>{t(`new.needed.${needed}`)}</Anchor></li>)}
          </ul>
        </Notice>
      )}
      {part('company', <><Text fw={600}>{words.title}</Text><Text>{[company, words.siren].filter(Boolean).join(' · ')}</Text></>)}
      {part('equipment', <Text>{t('new.lines.count', { count: devices })}</Text>)}
      {part('pickup', (
        <>
          <Text>{[words.street, [words.postalCode, words.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')}</Text>
          {words.lift !== '' && <Text size="sm">{t('new.pickup.lift')} {t(`new.pickup.lifts.${words.lift as 'yes' | 'no' | 'goods'}`)}</Text>}
          {details.map((wish) => <Text size="sm" key={wish}>{t('new.review.said', { what: t(`new.pickup.${wish}`), text: words[wish] })}</Text>)}
          {from !== null && <Text size="sm">{t('new.review.said', { what: t('new.pickup.from'), text: from })}</Text>}
        </>
      ))}
      {error !== null && <ErrorState error={error} />}
      <div>
        <Button size="md" disabled={missing.length > 0} loading={sending} onClick={onSend}>{t('new.review.send', { count: devices })}</Button>
        <Text size="sm" c="dimmed" mt="xs">{t('new.review.after')}</Text>
      </div>
    </Stack>
  );
}
