import { createLink } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { AnchorHTMLAttributes, Ref } from 'react';
import classes from './back-link.module.css';

interface BackAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

/** Above a page's heading: to the list that one came from. */
export const BackLink = createLink(({ children, ...anchor }: BackAnchorProps) => <a {...anchor} className={classes.back}><ArrowLeft size={15} aria-hidden /> {children}</a>);
