import { Button, Group } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import type { Form } from './use-form.js';
import type { Shown } from './use-shown.js';

interface OvertakenNoticeProps<Thing extends { readonly version: number }, Values extends object> {
  readonly form: Form<Values>;
  readonly edit: Shown<Thing>;
  /** What it consists of, in words. */
  readonly parts: readonly { readonly label: string; readonly of: (thing: Thing) => string }[];
  /** What of it stands in the form. */
  readonly valuesOf: (thing: Thing) => Values;
}

/** Two people edit the same: what the other has changed, and the choice. Nothing that was typed is lost before one says so; fields that one left alone become the other's. */
export function OvertakenNotice<Thing extends { readonly version: number }, Values extends object>({ form, edit: { shown, now, overtaken, goOnFrom }, parts, valuesOf }: OvertakenNoticeProps<Thing, Values>) {
  const { t } = useTranslation('administration');
  if (!overtaken) return null;
  const changed = parts.filter(({ of }) => of(shown) !== of(now));
  const keep = () => {
    const before = valuesOf(shown);
    const untouched = Object.entries(valuesOf(now)).filter(([field]) => same(form.values[field as keyof Values], before[field as keyof Values]));
    form.set(Object.fromEntries(untouched) as Partial<Values>);
    goOnFrom(now);
  };
  return (
    <Notice state="waiting" icon={UsersRound} title={t('overtaken.title')} aloud>
      <div>{t('overtaken.text')}</div>
      {changed.length > 0 && <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>{changed.map(({ label, of }) => <li key={label}>{t('overtaken.change', { label, before: of(shown) || '—', after: of(now) || '—' })}</li>)}</ul>}
      <Group gap="sm" mt={4}>
        <Button size="xs" onClick={keep}>{t('overtaken.keep')}</Button>
        <Button size="xs" variant="default" onClick={() => (form.set(valuesOf(now)), goOnFrom(now))}>{t('overtaken.take')}</Button>
      </Group>
    </Notice>
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
