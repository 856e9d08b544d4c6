import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workspace } from '../workspaces/workspace.js';
import classes from './pages-of.module.css';

/** The pages of a workspace, above its page; one alone needs no menu. */
export function PagesOf({ workspace }: { readonly workspace: Workspace }) {
  const { t, i18n } = useTranslation(['shell', workspace.name]);
  useLocation(); // drawn anew wherever one goes
  const pages = useRef<HTMLElement>(null);
  // On a phone there is no room for all: the one that one is on is in sight.
  useEffect(() => {
    const here = pages.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (here && pages.current) pages.current.scrollLeft = here.offsetLeft - (pages.current.clientWidth - here.offsetWidth) / 2;
  });
  if (workspace.pages.length < 2) return null;
  return (
    <nav ref={pages} className={classes.pages} aria-label={t(`workspaces.${workspace.name}`)}>
      {workspace.pages.map((page) => (
        <Link key={page} to={`/${workspace.name}/${page}` as string} className={classes.page} activeProps={{ className: classes.here }}>
          {i18n.t(`nav.${page}` as never, { ns: workspace.name })}
        </Link>
      ))}
    </nav>
  );
}
