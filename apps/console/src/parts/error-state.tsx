import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { Notice } from './notice.js';
import { useErrorText } from './use-error-text.js';

interface ErrorStateProps {
  readonly error: unknown;
  /** Asks again; a refusal that would be the same again offers none. */
  readonly retry?: () => void;
}

/** In the place of what could not be shown or done: what happened, what was refused, what to do. */
export function ErrorState({ error, retry }: ErrorStateProps) {
  const { t } = useTranslation('parts');
  const text = useErrorText();
  const fields = error instanceof Problem ? error.errors.flatMap(({ detail }) => (detail === undefined ? [] : [detail])) : [];
  const trace = error instanceof Problem && error.status >= 500 && error.traceId !== '' ? error.traceId : null;
  return (
    <Notice state="failed" icon={TriangleAlert} title={t('error.title')} aloud>
      <div>{text(error)}</div>
      {fields.length > 0 && <ul style={{ margin: 0, paddingLeft: '1.2rem' }}>{fields.map((detail) => <li key={detail}>{detail}</li>)}</ul>}
      {trace !== null && <div>{t('error.trace')} <code>{trace}</code></div>}
      {retry && <div><Button variant="default" size="xs" mt={4} onClick={retry}>{t('error.retry')}</Button></div>}
    </Notice>
  );
}
