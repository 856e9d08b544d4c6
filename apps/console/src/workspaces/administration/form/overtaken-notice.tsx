import { Button, Group } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import type { Shown } from './use-shown.js';

interface OvertakenNoticeProps<Thing extends { readonly version: number }> {
  readonly edit: Shown<Thing>;
  /** What it consists of, in words. */
  readonly parts: readonly { readonly label: string; readonly of: (thing: Thing) => string }[];
  /** Puts what the server has now into the form. */
  readonly take: (thing: Thing) => void;
}

/** Two people edit the same: what the other has changed, and the choice. Nothing that was typed is lost before one says so. */
export function OvertakenNotice<Thing extends { readonly version: number }>({ edit: { shown, now, overtaken, goOnFrom }, parts, take }: OvertakenNoticeProps<Thing>) {
  const { t } = useTranslation('administration');
  if (!overtaken) return null;
  const changed = parts.filter(({ of }) => of(shown) !== of(now));
  return (
    <Notice state="waiting" icon={UsersRound} title={t('overtaken.title')} aloud>
      <div>{t('overtaken.text')}</div>
      {changed.length > 0 && <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>{changed.map(({ label, of }) => <li key={label}>{t('overtaken.change', { label, before: of(shown) || '—', after: of(now) || '—' })}</li>)}</ul>}
      <Group gap="sm" mt={4}>
        <Button size="xs" onClick={() => goOnFrom(now)}>{t('overtaken.keep')}</Button>
        <Button size="xs" variant="default" onClick={() => (take(now), goOnFrom(now))}>{t('overtaken.take')}</Button>
      </Group>
    </Notice>
  );
}
