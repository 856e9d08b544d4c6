import { Button, type ButtonProps, Kbd } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '../../parts/error-state.js';

interface ActButtonProps extends ButtonProps {
  readonly act: () => Promise<unknown>;
  /** The key that presses it in the inbox. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

/** Does one thing; a refusal is said beside it. */
export function ActButton({ act, shortcut, children, ...button }: ActButtonProps) {
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async () => {
    setDoing(true);
    setError(null);
    await act().catch(setError);
    setDoing(false);
  };
  return (
    <>
      <Button {...button} loading={doing} onClick={() => void run()} {...(shortcut !== undefined && { 'aria-keyshortcuts': shortcut, rightSection: <Kbd size="xs" aria-hidden>{shortcut}</Kbd> })}>{children}</Button>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}
