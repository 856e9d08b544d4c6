import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { releaseReservation } from '../commands/release-reservation.js';
import { lockingReservations } from '../persistence/reservation.repository.js';
import { listReservations, showReservation } from '../queries/reservations.js';
import { getReservationSpec, listReservationsSpec, releaseSpec } from './inventory.schemas.js';

@Controller('reservations')
export class ReservationsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listReservationsSpec)
  list(@Input() input: InputOf<typeof listReservationsSpec>) {
    return this.uow.run((tx) => listReservations(tx, input.query));
  }

  @Endpoint('GET', ':reservationId', getReservationSpec)
  get(@Input() input: InputOf<typeof getReservationSpec>) {
    return this.uow.run((tx) => showReservation(tx, input.params.reservationId));
  }

  @Endpoint('POST', ':reservationId/release', releaseSpec)
  release(@Input() input: InputOf<typeof releaseSpec>) {
    return this.uow.run(async (tx) => {
      await releaseReservation(tx, { ...input.params, version: input.version });
      return showReservation(tx, input.params.reservationId);
    }, lockingReservations([input.params.reservationId]));
  }
}
