import { NavLink } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { homeOf } from '../workspaces/all.js';
import classes from './frame.module.css';
import type { Workspace } from '../workspaces/workspace.js';

export function WorkspaceMenu({ workspaces, here }: { readonly workspaces: readonly Workspace[]; readonly here: Workspace | undefined }) {
  const { t } = useTranslation('shell');
  return (
    <nav aria-label={t('frame.workspaces')}>
      {workspaces.map((workspace) => (
        <NavLink
          key={workspace.name}
          renderRoot={(props) => <Link to={homeOf(workspace)} {...props} />}
          active={workspace === here}
          aria-current={workspace === here ? 'true' : undefined}
          label={t(`workspaces.${workspace.name}`)}
          leftSection={<workspace.icon size={19} aria-hidden />}
          className={classes.link}
          fw={workspace === here ? 600 : 400}
        />
      ))}
    </nav>
  );
}
