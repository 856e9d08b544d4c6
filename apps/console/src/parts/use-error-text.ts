import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../api/problem.js';

/** What happened, for a person: a refusal in the server's own words, which are in their language. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation('parts');
  return (error) => {
    if (error instanceof Problem && error.title !== '') return error.title;
    return error instanceof Unreachable ? t('error.unreachable') : t('error.unknown');
  };
}
