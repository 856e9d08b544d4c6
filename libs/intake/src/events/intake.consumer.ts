import { directory, type EventData, refurbishment } from '@lacollecte/contracts';
import { type EventContext, handles, projects } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { settleDevice, unsettleDevice } from '../commands/settle-device.js';
import { donor } from '../projections/donor.js';
import { site } from '../projections/site.js';

type Device = EventData<typeof refurbishment.DeviceDelivered>;

const device = handles<Device>({ locks: ({ lotId, deviceId }) => [['lot', lotId], ['device', deviceId]] });

/** What intake needs to know of sites, donors, and of where its devices end. */
@Controller()
export class IntakeConsumer {
  @EventPattern<string>(directory.SiteRegistered.type, projects(site))
  async siteRegistered(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.SiteChanged.type, projects(site))
  async siteChanged(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await site.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationRegistered.type, projects(donor))
  async organisationRegistered(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await donor.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationApproved.type, projects(donor))
  async organisationApproved(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await donor.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationDeclined.type, projects(donor))
  async organisationDeclined(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await donor.apply(tx, [event]);
  }

  @EventPattern<string>(directory.OrganisationChanged.type, projects(donor))
  async organisationChanged(@Payload() _: unknown, @Ctx() { tx, event }: EventContext): Promise<void> {
    await donor.apply(tx, [event]);
  }

  @EventPattern<string>(refurbishment.DeviceDelivered.type, device)
  async deviceDelivered(@Payload() data: Device, @Ctx() { tx }: EventContext): Promise<void> {
    await settleDevice(tx, data, 'delivered');
  }

  @EventPattern<string>(refurbishment.DeviceRecycled.type, device)
  async deviceRecycled(@Payload() data: Device, @Ctx() { tx }: EventContext): Promise<void> {
    await settleDevice(tx, data, 'recycled');
  }

  @EventPattern<string>(refurbishment.DeviceReturnedToDonor.type, device)
  async deviceReturnedToDonor(@Payload() data: Device, @Ctx() { tx }: EventContext): Promise<void> {
    await settleDevice(tx, data, 'returned-to-donor');
  }

  @EventPattern<string>(refurbishment.DeviceLost.type, device)
  async deviceLost(@Payload() data: Device, @Ctx() { tx }: EventContext): Promise<void> {
    await settleDevice(tx, data, 'lost');
  }

  @EventPattern<string>(refurbishment.DeviceCameBack.type, device)
  async deviceCameBack(@Payload() data: Device, @Ctx() { tx }: EventContext): Promise<void> {
    await unsettleDevice(tx, data);
  }
}
