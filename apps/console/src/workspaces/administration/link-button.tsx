import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link that is as large as what one does there. `to`: an address of the console. */
export function LinkButton({ to, children, ...button }: ButtonProps & { readonly to: string; readonly children: ReactNode }) {
  return <Button {...button} renderRoot={(props) => <Link to={to} {...props} />}>{children}</Button>;
}
