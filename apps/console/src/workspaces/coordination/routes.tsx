import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { coordination } from './workspace.js';

const workspace = workspaceRoute(coordination);

export const coordinationRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'inbox', component: lazyRouteComponent(() => import('./inbox-page.js'), 'InboxPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'stock', component: lazyRouteComponent(() => import('./stock-page.js'), 'StockPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'stock/$category/$grade', component: lazyRouteComponent(() => import('./items-page.js'), 'ItemsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'rounds', component: lazyRouteComponent(() => import('./rounds-page.js'), 'RoundsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'rounds/$roundId', component: lazyRouteComponent(() => import('./round-page.js'), 'RoundPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'shipments', component: lazyRouteComponent(() => import('./shipments-page.js'), 'ShipmentsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'shipments/$shipmentId', component: lazyRouteComponent(() => import('./shipment-page.js'), 'ShipmentPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'objective', component: lazyRouteComponent(() => import('./objective-page.js'), 'ObjectivePage') }),
]);
