import { directory, type EventData, refurbishment } from '@lacollecte/contracts';
import { type EventContext, handles } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { recallDevice } from '../commands/recall-device.js';
import { stockDevices } from '../commands/stock-devices.js';
import { keepSite } from '../persistence/site.repository.js';

type Ready = EventData<typeof refurbishment.DeviceReady>;
type Site = EventData<typeof directory.SiteChanged>;

/** What becomes stock, and what must leave it. */
@Controller()
export class StockConsumer {
  @EventPattern<string>(refurbishment.DeviceReady.type, handles<Ready>({ batch: true, locks: (e) => [['stock_item', e.deviceId]] }))
  async deviceReady(@Payload() devices: Ready[], @Ctx() ctx: EventContext): Promise<void> {
    await stockDevices(
      ctx.tx,
      ctx.each.map(({ tx, event }, i) => ({ tx, version: event.version, device: devices[i] as Ready })),
    );
  }

  /** Locks nothing beforehand: the item's reservation comes first and is only known from the item. */
  @EventPattern<string>(refurbishment.DeviceRecalled.type, handles<EventData<typeof refurbishment.DeviceRecalled>>({}))
  async deviceRecalled(@Payload() device: EventData<typeof refurbishment.DeviceRecalled>, @Ctx() ctx: EventContext): Promise<void> {
    await recallDevice(ctx.tx, device);
  }

  @EventPattern<string>(directory.SiteRegistered.type, handles<Site>({ locks: (e) => [['site', e.siteId]] }))
  async siteRegistered(@Payload() site: Site, @Ctx() ctx: EventContext): Promise<void> {
    await keepSite(ctx.tx, site, ctx.event.version);
  }

  @EventPattern<string>(directory.SiteChanged.type, handles<Site>({ locks: (e) => [['site', e.siteId]] }))
  async siteChanged(@Payload() site: Site, @Ctx() ctx: EventContext): Promise<void> {
    await keepSite(ctx.tx, site, ctx.event.version);
  }
}
