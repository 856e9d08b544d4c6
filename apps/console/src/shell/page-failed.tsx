import { useRouter } from '@tanstack/react-router';
import { ErrorState } from '../parts/error-state.js';

/** A page that could not be shown. */
export function PageFailed({ error }: { readonly error: unknown }) {
  const router = useRouter();
  return <ErrorState error={error} retry={() => void router.invalidate()} />;
}
