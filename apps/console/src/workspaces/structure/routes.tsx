import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { loadTexts } from '../../i18n/i18n.js';
import { APPLY } from '../../session/load-session.js';
import { rootRoute } from '../../shell/root-route.js';
import { workspaceRoute } from '../workspace-route.js';
import { structure } from './workspace.js';

const workspace = workspaceRoute(structure);

export const structureRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'needs', component: lazyRouteComponent(() => import('./needs-page.js'), 'NeedsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'needs/new', component: lazyRouteComponent(() => import('./new-need-page.js'), 'NewNeedPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'needs/$needId', component: lazyRouteComponent(() => import('./need-page.js'), 'NeedPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'allocations', component: lazyRouteComponent(() => import('./allocations-page.js'), 'AllocationsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'deliveries', component: lazyRouteComponent(() => import('./deliveries-page.js'), 'DeliveriesPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'deliveries/$shipmentId', component: lazyRouteComponent(() => import('./delivery-page.js'), 'DeliveryPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'returns', component: lazyRouteComponent(() => import('./returns-page.js'), 'ReturnsPage') }),
]);

/** For who has no account yet. */
export const applyRoute = createRoute({
  getParentRoute: () => rootRoute, path: APPLY, loader: () => loadTexts(structure.name), component: lazyRouteComponent(() => import('./apply-page.js'), 'ApplyPage'),
});
