import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { session, signInAddress } from './session/session.js';
import { SignedInPage } from './session/signed-in-page.js';
import { NoWorkspace } from './shell/no-workspace.js';
import { PageFailed } from './shell/page-failed.js';
import { PageLoading } from './shell/page-loading.js';
import { PageMissing } from './shell/page-missing.js';
import { rootRoute } from './shell/root-route.js';
import { administrationRoutes } from './workspaces/administration/routes.js';
import { homeOf, workspacesOf } from './workspaces/all.js';
import { coordinationRoutes } from './workspaces/coordination/routes.js';
import { donorRoutes } from './workspaces/donor/routes.js';
import { operationsRoutes } from './workspaces/operations/routes.js';
import { applyRoute, structureRoutes } from './workspaces/structure/routes.js';
import { warehouseRoutes } from './workspaces/warehouse/routes.js';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: NoWorkspace,
  beforeLoad: () => {
    const who = session.get();
    if (who === null) throw redirect({ href: signInAddress('/'), reloadDocument: true });
    const [first] = workspacesOf(who.roles);
    if (first) throw redirect({ href: homeOf(first), replace: true });
  },
});

const signedIn = createRoute({ getParentRoute: () => rootRoute, path: '/signed-in', component: SignedInPage });

export const router = createRouter({
  routeTree: rootRoute.addChildren([home, signedIn, applyRoute, donorRoutes, warehouseRoutes, coordinationRoutes, structureRoutes, administrationRoutes, operationsRoutes]),
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  defaultNotFoundComponent: PageMissing,
  defaultPendingComponent: PageLoading,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
