import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { filterIn } from './device/listed.js';
import { warehouse } from './workspace.js';

const workspace = workspaceRoute(warehouse);
const labelsSearch = ({ of }: Record<string, unknown>): { of?: string } => (typeof of === 'string' ? { of } : {});

export const warehouseRoutes = workspace.addChildren([
  createRoute({ getParentRoute: () => workspace, path: 'station', component: lazyRouteComponent(() => import('./station-page.js'), 'StationPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'series', component: lazyRouteComponent(() => import('./series-page.js'), 'SeriesPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'reception', component: lazyRouteComponent(() => import('./reception-page.js'), 'ReceptionPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'reception/$lotId', component: lazyRouteComponent(() => import('./dock-page.js'), 'DockPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'queue', component: lazyRouteComponent(() => import('./queue-page.js'), 'QueuePage') }),
  createRoute({ getParentRoute: () => workspace, path: 'put-away', component: lazyRouteComponent(() => import('./put-away-page.js'), 'PutAwayPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'shipments', component: lazyRouteComponent(() => import('./shipments-page.js'), 'ShipmentsPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'shipments/$shipmentId', component: lazyRouteComponent(() => import('./packing-page.js'), 'PackingPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'devices', validateSearch: filterIn, component: lazyRouteComponent(() => import('./devices-page.js'), 'DevicesPage') }),
  createRoute({ getParentRoute: () => workspace, path: 'devices/$deviceId', component: lazyRouteComponent(() => import('./device-page.js'), 'DevicePage') }),
  createRoute({ getParentRoute: () => workspace, path: 'labels', validateSearch: labelsSearch, component: lazyRouteComponent(() => import('./labels-page.js'), 'LabelsPage') }),
]);
