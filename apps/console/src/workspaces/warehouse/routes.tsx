import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { warehouse } from './workspace.js';

const workspace = workspaceRoute(warehouse);

export const warehouseRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'station', component: lazyRouteComponent(() => import('./station-page.js'), 'StationPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'series', component: lazyRouteComponent(() => import('./series-page.js'), 'SeriesPage') }),
]);
