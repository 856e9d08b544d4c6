import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { workspaceRoute } from '../workspace-route.js';
import { administration } from './workspace.js';

const workspace = workspaceRoute(administration);
const getParentRoute = () => workspace;

export const administrationRoutes = workspace.addChildren([
  createRoute({ getParentRoute, path: 'people', component: lazyRouteComponent(() => import('./people-page.js'), 'PeoplePage') }),
  createRoute({ getParentRoute, path: 'people/invitation', component: lazyRouteComponent(() => import('./invitation-page.js'), 'InvitationPage') }),
  createRoute({ getParentRoute, path: 'people/programs', component: lazyRouteComponent(() => import('./programs-page.js'), 'ProgramsPage') }),
  createRoute({ getParentRoute, path: 'people/$personId', component: lazyRouteComponent(() => import('./person-page.js'), 'PersonPage') }),
  createRoute({ getParentRoute, path: 'organisations', component: lazyRouteComponent(() => import('./organisations-page.js'), 'OrganisationsPage') }),
  createRoute({ getParentRoute, path: 'organisations/import', component: lazyRouteComponent(() => import('./import-page.js'), 'ImportPage') }),
  createRoute({ getParentRoute, path: 'organisations/$organisationId', component: lazyRouteComponent(() => import('./organisation-page.js'), 'OrganisationPage') }),
  createRoute({ getParentRoute, path: 'sites', component: lazyRouteComponent(() => import('./sites-page.js'), 'SitesPage') }),
  createRoute({ getParentRoute, path: 'sites/new', component: lazyRouteComponent(() => import('./new-site-page.js'), 'NewSitePage') }),
  createRoute({ getParentRoute, path: 'sites/$siteId', component: lazyRouteComponent(() => import('./site-page.js'), 'SitePage') }),
  createRoute({ getParentRoute, path: 'rules', component: lazyRouteComponent(() => import('./rules-page.js'), 'RulesPage') }),
  createRoute({ getParentRoute, path: 'rules/figures', component: lazyRouteComponent(() => import('./figures-page.js'), 'FiguresPage') }),
  createRoute({ getParentRoute, path: 'rules/prices', component: lazyRouteComponent(() => import('./prices-page.js'), 'PricesPage') }),
  createRoute({ getParentRoute, path: 'rules/prices/new', component: lazyRouteComponent(() => import('./new-prices-page.js'), 'NewPricesPage') }),
  createRoute({ getParentRoute, path: 'rules/grading/$ruleSetId', component: lazyRouteComponent(() => import('./grading-page.js'), 'GradingPage') }),
  createRoute({ getParentRoute, path: 'rules/grading/$ruleSetId/next', component: lazyRouteComponent(() => import('./next-grading-page.js'), 'NextGradingPage') }),
]);
