import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { structure } from './workspace.js';

const workspace = workspaceRoute(structure);

export const structureRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'needs', component: lazyRouteComponent(() => import('./needs-page.js'), 'NeedsPage') }),
]);
