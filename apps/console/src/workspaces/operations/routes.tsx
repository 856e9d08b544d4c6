import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { operations } from './workspace.js';

const workspace = workspaceRoute(operations);

export const operationsRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'flow', component: lazyRouteComponent(() => import('./flow-page.js'), 'FlowPage') }),
]);
