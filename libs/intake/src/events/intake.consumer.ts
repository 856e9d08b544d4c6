import { directory, type EventData, refurbishment } from '@lacollecte/contracts';
import { type EventContext, handles } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { rememberDonor, rememberSite } from '../commands/remember-others.js';
import { settleDevice, unsettleDevice } from '../commands/settle-device.js';

type Site = EventData<typeof directory.SiteChanged>;
type Organisation = EventData<typeof directory.OrganisationChanged>;
type Device = EventData<typeof refurbishment.DeviceDelivered>;

const organisation = handles<Organisation>({});
const device = handles<Device>({ locks: ({ lotId, deviceId }) => [['lot', lotId], ['device', deviceId]] });

/** What intake needs to know of sites, donors, and of where its devices end. */
@Controller()
export class IntakeConsumer {
  @EventPattern<string>(directory.SiteRegistered.type)
  async siteRegistered(@Payload() site: Site, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberSite(tx, site, event.version);
  }

  @EventPattern<string>(directory.SiteChanged.type)
  async siteChanged(@Payload() site: Site, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberSite(tx, site, event.version);
  }

  @EventPattern<string>(directory.OrganisationRegistered.type, organisation)
  async organisationRegistered(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberDonor(tx, data, event.version);
  }

  @EventPattern<string>(directory.OrganisationApproved.type, organisation)
  async organisationApproved(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberDonor(tx, data, event.version);
  }

  @EventPattern<string>(directory.OrganisationDeclined.type, organisation)
  async organisationDeclined(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberDonor(tx, data, event.version);
  }

  @EventPattern<string>(directory.OrganisationChanged.type, organisation)
  async organisationChanged(@Payload() data: Organisation, @Ctx() { tx, event }: EventContext): Promise<void> {
    await rememberDonor(tx, data, event.version);
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
