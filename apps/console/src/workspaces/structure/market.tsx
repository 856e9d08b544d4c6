import { useTranslation } from 'react-i18next';
import { structure } from './workspace.js';

/** What is free of a kind, and how much all structures ask for together. */
export function Market({ free, asked, lines }: { readonly free: number; readonly asked: number; readonly lines: number }) {
  const { t } = useTranslation(structure.name);
  const there = t('line.free', { count: free });
  return asked === 0 ? t('line.alone', { free: there }) : t('line.market', { free: there, asked: t('line.asked', { count: asked }), lines: t('line.requests', { count: lines }) });
}
