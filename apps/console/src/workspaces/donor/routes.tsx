import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { donor } from './workspace.js';

const workspace = workspaceRoute(donor);

export const donorRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'lots', component: lazyRouteComponent(() => import('./lots-page.js'), 'LotsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'new', component: lazyRouteComponent(() => import('./new-page.js'), 'NewPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'lots/$lotId/edit', component: lazyRouteComponent(() => import('./edit-page.js'), 'EditPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'lots/$lotId', component: lazyRouteComponent(() => import('./lot-page.js'), 'LotPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'lots/$lotId/devices/$deviceId', component: lazyRouteComponent(() => import('./device-page.js'), 'DevicePage') }),
  createRoute({ getParentRoute: () => workspace, path: 'impact', component: lazyRouteComponent(() => import('./impact-page.js'), 'ImpactPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'notifications', component: lazyRouteComponent(() => import('./notifications-page.js'), 'NotificationsPage') }),
]);
