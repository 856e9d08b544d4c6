import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { administration } from './workspace.js';

const workspace = workspaceRoute(administration);

export const administrationRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'people', component: lazyRouteComponent(() => import('./people-page.js'), 'PeoplePage') }),
]);
