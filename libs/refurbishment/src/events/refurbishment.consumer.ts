import { dispatch, type EventData, intake, inventory } from '@lacollecte/contracts';
import { type EventContext, handles } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { placeDevices } from '../commands/place-devices.js';
import { receiveDevices } from '../commands/receive-devices.js';

type Received = EventData<typeof intake.DeviceReceived>;
type Delivered = EventData<typeof dispatch.ParcelDelivered>;
type Return = EventData<typeof dispatch.ReturnReceived>;
type SentBack = EventData<typeof inventory.ItemSentBack>;

/** Where devices begin, and what becomes of them outside the workshop. An item's id is its device's id. */
@Controller()
export class RefurbishmentConsumer {
  @EventPattern<string>(intake.DeviceReceived.type, handles<Received>({ batch: true }))
  async deviceReceived(@Payload() devices: Received[], @Ctx() ctx: EventContext): Promise<void> {
    await receiveDevices(ctx.tx, ctx.each.map(({ tx }, i) => ({ tx, device: devices[i]! })));
  }

  /** What was missing at delivery is told as lost, in a fact of its own. */
  @EventPattern<string>(dispatch.ParcelDelivered.type, handles<Delivered>({ locks: (e) => e.content.map(({ itemId }) => ['device', itemId]) }))
  async parcelDelivered(@Payload() parcel: Delivered, @Ctx() { tx, event }: EventContext): Promise<void> {
    const missing = new Set(parcel.missing);
    const deviceIds = parcel.content.map(({ itemId }) => itemId).filter((id) => !missing.has(id));
    await placeDevices(tx, { name: 'delivered', deviceIds, siteId: parcel.siteId, occurredAt: event.occurredAt });
  }

  @EventPattern<string>(dispatch.DeliveryDeviceLost.type, handles<Return>({ locks: (e) => [['device', e.deviceId]] }))
  async deliveryDeviceLost(@Payload() data: Return, @Ctx() { tx, event }: EventContext): Promise<void> {
    await placeDevices(tx, { name: 'lost-on-the-way', deviceIds: [data.deviceId], siteId: data.siteId, occurredAt: event.occurredAt });
  }

  @EventPattern<string>(dispatch.DeliveryDeviceFound.type, handles<Return>({ locks: (e) => [['device', e.deviceId]] }))
  async deliveryDeviceFound(@Payload() data: Return, @Ctx() { tx, event }: EventContext): Promise<void> {
    await placeDevices(tx, { name: 'came-back', deviceIds: [data.deviceId], siteId: data.siteId, occurredAt: event.occurredAt });
  }

  @EventPattern<string>(dispatch.ReturnReceived.type, handles<Return>({ locks: (e) => [['device', e.deviceId]] }))
  async returnReceived(@Payload() data: Return, @Ctx() { tx, event }: EventContext): Promise<void> {
    await placeDevices(tx, { name: 'came-back', deviceIds: [data.deviceId], siteId: data.siteId, occurredAt: event.occurredAt });
  }

  @EventPattern<string>(inventory.ItemSentBack.type, handles<SentBack>({ locks: (e) => [['device', e.itemId]] }))
  async itemSentBack(@Payload() item: SentBack, @Ctx() { tx, event }: EventContext): Promise<void> {
    await placeDevices(tx, { name: 'came-back', deviceIds: [item.itemId], siteId: item.siteId, occurredAt: event.occurredAt, evidenceAt: item.evidenceAt });
  }
}
