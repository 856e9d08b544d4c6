import { Button, Skeleton } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../parts/notice.js';
import { useErrorText } from '../../../parts/use-error-text.js';
import { ProgressLine } from './progress-line.js';
import { mayRepeat, upload } from './upload.js';

const DropField = lazy(() => import('./drop-field.js').then((part) => ({ default: part.DropField })));

interface Sending {
  readonly file: File;
  readonly key: string;
  readonly share: number;
  readonly error: unknown;
}

/** A file, on its way to the service: how far it is, and again where nobody answered. */
export function FileUpload({ lotId, onSent }: { readonly lotId: string; readonly onSent: () => Promise<unknown> }) {
  const { t } = useTranslation('donor');
  const errorText = useErrorText();
  const [sending, setSending] = useState<Sending | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const send = async (file: File, key: string) => {
    const controller = new AbortController();
    abort.current = controller;
    setSending({ file, key, share: 0, error: null });
    try {
      await upload({ lotId, file, key, signal: controller.signal, onProgress: (share) => !controller.signal.aborted && setSending({ file, key, share, error: null }) });
      await onSent();
      setSending(null);
    } catch (error) {
      if (!controller.signal.aborted) setSending({ file, key, share: 0, error });
    }
  };
  const give = (file: File) => void send(file, crypto.randomUUID());
  const stop = () => {
    abort.current?.abort();
    setSending(null);
  };
  if (sending !== null && sending.error === null) {
    return (
      <div>
        <ProgressLine label={t('new.file.sending', { name: sending.file.name })} share={sending.share} />
        <Button mt="sm" size="xs" variant="default" onClick={stop}>{t('new.file.stop')}</Button>
      </div>
    );
  }
  return (
    <>
      {sending !== null && (
        <Notice state="failed" icon={TriangleAlert} title={t('new.file.failed', { name: sending.file.name })} aloud>
          <div>{errorText(sending.error)}</div>
          {mayRepeat(sending.error) && <div><Button size="xs" variant="default" mt={4} onClick={() => void send(sending.file, sending.key)}>{t('new.file.again')}</Button></div>}
        </Notice>
      )}
      <Suspense fallback={<Skeleton height={142} />}><DropField onFile={give} /></Suspense>
    </>
  );
}
