import { directory, type EventData, refurbishment } from '@lacollecte/contracts';
import { type EventContext, handles, projects } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { recallDevice } from '../commands/recall-device.js';
import { stockDevices } from '../commands/stock-devices.js';
import { site } from '../projections/site.js';

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

  @EventPattern<string>(directory.SiteRegistered.type, projects<Site>(site, { locks: (e) => [['site', e.siteId]] }))
  async siteRegistered(@Payload() _: Site, @Ctx() { tx, event }: EventContext): Promise<void> {
    await site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.SiteChanged.type, projects<Site>(site, { locks: (e) => [['site', e.siteId]] }))
  async siteChanged(@Payload() _: Site, @Ctx() { tx, event }: EventContext): Promise<void> {
    await site.apply(tx, [event]);
  }
}
