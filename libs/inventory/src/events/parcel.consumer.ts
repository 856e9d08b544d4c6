import { dispatch, type EventData } from '@lacollecte/contracts';
import { type EventContext, handles, type RowLock } from '@lacollecte/messaging';
import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { issueParcel, pickParcel, reopenParcel, returnParcel } from '../commands/carry-parcel.js';
import { loseItem, receiveReturn } from '../commands/receive-return.js';

type Parcel = EventData<typeof dispatch.ParcelSealed>;
type Returned = EventData<typeof dispatch.ParcelReturned>;
type Return = EventData<typeof dispatch.ReturnReceived>;

const ofParcel = (e: Parcel): RowLock[] =>
  e.content.flatMap(({ itemId, reservationId }): RowLock[] => [['reservation', reservationId], ['stock_item', itemId]]);
const ofReturn = (e: Return): RowLock[] => [['reservation', e.reservationId], ['stock_item', e.deviceId]];

/** What dispatch tells of parcels and of what comes back. */
@Controller()
export class ParcelConsumer {
  @EventPattern<string>(dispatch.ParcelSealed.type, handles<Parcel>({ locks: ofParcel }))
  async parcelSealed(@Payload() parcel: Parcel, @Ctx() ctx: EventContext): Promise<void> {
    await pickParcel(ctx.tx, parcel);
  }

  @EventPattern<string>(dispatch.ParcelReopened.type, handles<Parcel>({ locks: ofParcel }))
  async parcelReopened(@Payload() parcel: Parcel, @Ctx() ctx: EventContext): Promise<void> {
    await reopenParcel(ctx.tx, parcel);
  }

  @EventPattern<string>(dispatch.ParcelHandedOver.type, handles<Parcel>({ locks: ofParcel }))
  async parcelHandedOver(@Payload() parcel: Parcel, @Ctx() ctx: EventContext): Promise<void> {
    await issueParcel(ctx.tx, parcel);
  }

  @EventPattern<string>(dispatch.ParcelReturned.type, handles<Returned>({ locks: ofParcel }))
  async parcelReturned(@Payload() parcel: Returned, @Ctx() ctx: EventContext): Promise<void> {
    await returnParcel(ctx.tx, parcel);
  }

  @EventPattern<string>(dispatch.ReturnReceived.type, handles<Return>({ locks: ofReturn }))
  async returnReceived(@Payload() ret: Return, @Ctx() ctx: EventContext): Promise<void> {
    await receiveReturn(ctx.tx, ret);
  }

  @EventPattern<string>(dispatch.DeliveryDeviceLost.type, handles<Return>({ locks: ofReturn }))
  async deliveryDeviceLost(@Payload() ret: Return, @Ctx() ctx: EventContext): Promise<void> {
    await loseItem(ctx.tx, ret);
  }
}
