import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { changeSite, closeSite } from '../commands/change-site.js';
import { registerSite } from '../commands/register-site.js';
import { allSites, findSite } from '../persistence/site.repository.js';
import { siteView } from '../queries/views.js';
import { changeSiteSpec, closeSiteSpec, getSiteSpec, listSitesSpec, registerSiteSpec } from './directory.schemas.js';

@Controller('sites')
export class SitesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listSitesSpec)
  list() {
    return this.uow.run(async (tx) => (await allSites(tx)).map(siteView));
  }

  @Endpoint('GET', ':siteId', getSiteSpec)
  get(@Input() input: InputOf<typeof getSiteSpec>) {
    return this.uow.run(async (tx) => siteView(await findSite(tx, input.params.siteId)));
  }

  @Endpoint('POST', '', registerSiteSpec)
  register(@Input() input: InputOf<typeof registerSiteSpec>) {
    return this.uow.run((tx) => registerSite(tx, input.body));
  }

  @Endpoint('PATCH', ':siteId', changeSiteSpec)
  change(@Input() input: InputOf<typeof changeSiteSpec>) {
    return this.uow.run((tx) => changeSite(tx, { ...input.params, version: input.version, change: input.body }));
  }

  @Endpoint('POST', ':siteId/closure', closeSiteSpec)
  close(@Input() input: InputOf<typeof closeSiteSpec>) {
    return this.uow.run((tx) => closeSite(tx, { ...input.params, version: input.version }));
  }
}
