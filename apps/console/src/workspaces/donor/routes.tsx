import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { donor } from './workspace.js';

const workspace = workspaceRoute(donor);

export const donorRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'lots', component: lazyRouteComponent(() => import('./lots-page.js'), 'LotsPage') }),
]);
