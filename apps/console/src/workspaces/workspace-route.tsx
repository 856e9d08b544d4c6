import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { useStore } from '../api/store.js';
import { loadTexts } from '../i18n/i18n.js';
import { session } from '../session/session.js';
import { NotYours } from '../shell/not-yours.js';
import { rootRoute } from '../shell/root-route.js';
import { homeOf } from './all.js';
import { mayEnter, type Workspace, type WorkspaceName } from './workspace.js';

/** The parent of a workspace's pages: fetches its texts, and shows its pages to whom it is for. What services answer is theirs to decide. */
export function workspaceRoute<Name extends WorkspaceName>(workspace: Workspace & { readonly name: Name }) {
  return createRoute({
    getParentRoute: () => rootRoute,
    path: workspace.name,
    beforeLoad: ({ location }) => {
      if (location.pathname.replace(/\/$/, '') === `/${workspace.name}`) throw redirect({ href: homeOf(workspace), replace: true });
    },
    loader: () => loadTexts(workspace.name),
    component: () => <Doors workspace={workspace} />,
  });
}

function Doors({ workspace }: { readonly workspace: Workspace }) {
  const who = useStore(session);
  return mayEnter(workspace, who?.roles ?? []) ? <Outlet /> : <NotYours />;
}
