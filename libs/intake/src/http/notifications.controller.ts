import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { readNotifications } from '../commands/read-notifications.js';
import { countUnread, listNotifications } from '../queries/notifications.js';
import { listNotificationsSpec, readNotificationsSpec } from './notifications.schemas.js';

@Controller('notifications')
export class NotificationsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listNotificationsSpec)
  list(@Input() { query }: InputOf<typeof listNotificationsSpec>) {
    return this.uow.run((tx) => listNotifications(tx, query));
  }

  @Endpoint('POST', 'reading', readNotificationsSpec)
  read(@Input() { body }: InputOf<typeof readNotificationsSpec>) {
    return this.uow.run(async (tx) => {
      await readNotifications(tx, body);
      return { unread: await countUnread(tx) };
    });
  }
}
