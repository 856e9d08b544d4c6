import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { coordination } from './workspace.js';

const workspace = workspaceRoute(coordination);

export const coordinationRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'inbox', component: lazyRouteComponent(() => import('./inbox-page.js'), 'InboxPage') }),
]);
