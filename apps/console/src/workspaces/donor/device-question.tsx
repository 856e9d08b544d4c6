import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { MessageCircleQuestionMark } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refurbishment } from '../../api/clients.js';
import { ErrorState } from '../../parts/error-state.js';
import { Notice } from '../../parts/notice.js';
import { When } from '../../parts/when.js';
import type { OwnDevice } from './own-device.js';

const REASONS = ['account-lock', 'enrolment', 'bios-password', 'donor-answer'] as const;

/** What a device waits for from its donor, and the answer that lets it go on. */
export function DeviceQuestion({ device: { id, task } }: { readonly device: OwnDevice }) {
  const { t } = useTranslation('donor');
  const client = useQueryClient();
  const [answer, setAnswer] = useState('');
  const send = refurbishment.useMutation('post', '/api/refurbishment/own-devices/{deviceId}/answer', { onSuccess: () => client.invalidateQueries() });
  if (task === null) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (answer.trim() !== '') send.mutate({ params: { path: { deviceId: id } }, body: { answer: answer.trim() } });
  };
  const reason = REASONS.find((one) => one === task.reason) ?? 'donor-answer';
  return (
    <Notice state="waiting" icon={MessageCircleQuestionMark} title={t(`device.question.reasons.${reason}`)}>
      <div>{t(`device.question.todo.${reason}`)}</div>
      <div>{t('device.question.until')} <When at={task.until} /></div>
      <form onSubmit={submit} style={{ display: 'grid', gap: '0.6rem', justifyItems: 'start', maxWidth: '36rem' }}>
        <Textarea w="100%" label={t('device.question.answer')} autosize minRows={2} maxLength={500} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} />
        {send.error !== null && <ErrorState error={send.error} />}
        <Button type="submit" loading={send.isPending} disabled={answer.trim() === ''}>{t('device.question.send')}</Button>
      </form>
    </Notice>
  );
}
