import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Workspace } from '../workspaces/workspace.js';
import classes from './pages-of.module.css';

/** The pages of a workspace, above its page; one alone needs no menu. */
export function PagesOf({ workspace }: { readonly workspace: Workspace }) {
  const { t, i18n } = useTranslation(['shell', workspace.name]);
  if (workspace.pages.length < 2) return null;
  return (
    <nav className={classes.pages} aria-label={t(`workspaces.${workspace.name}`)}>
      {workspace.pages.map((page) => (
        <Link key={page} to={`/${workspace.name}/${page}` as string} className={classes.page} activeProps={{ className: classes.here }}>
          {i18n.t(`nav.${page}` as never, { ns: workspace.name })}
        </Link>
      ))}
    </nav>
  );
}
