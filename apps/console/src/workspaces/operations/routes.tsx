import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { operations } from './workspace.js';

const workspace = workspaceRoute(operations);
const parent = { getParentRoute: () => workspace };

export const operationsRoutes = workspace.addChildren([
  createRoute({ ...parent, path: 'flow', component: lazyRouteComponent(() => import('./flow-page.js'), 'FlowPage') }),
  createRoute({ ...parent, path: 'parked', component: lazyRouteComponent(() => import('./parked-page.js'), 'ParkedPage') }),
  createRoute({ ...parent, path: 'parked/$service/$eventId', component: lazyRouteComponent(() => import('./parked-event-page.js'), 'ParkedEventPage') }),
  createRoute({ ...parent, path: 'traces', component: lazyRouteComponent(() => import('./traces-page.js'), 'TracesPage') }),
  createRoute({ ...parent, path: 'traces/$kind/$id', component: lazyRouteComponent(() => import('./life-page.js'), 'LifePage') }),
  createRoute({ ...parent, path: 'jobs', component: lazyRouteComponent(() => import('./jobs-page.js'), 'JobsPage') }),
  createRoute({ ...parent, path: 'invariants', component: lazyRouteComponent(() => import('./invariants-page.js'), 'InvariantsPage') }),
]);
