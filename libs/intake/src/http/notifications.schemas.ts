import { Count, Id } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { NOTIFICATION_KINDS } from '../domain/notification.js';

const Words = z.object({ title: z.string(), text: z.string() });
export const NotificationView = z.object({
  id: Id, kind: z.enum(NOTIFICATION_KINDS), lotId: Id, texts: z.object({ fr: Words, en: Words }), createdAt: z.iso.datetime(),
  readAt: z.iso.datetime().nullable().describe('When somebody of the organisation read it'),
});
const Unread = { unread: Count };

export const listNotificationsSpec = spec({
  summary: 'What the donor was told of their lots, newest first, and how much of it is unread', roles: ['donor'], query: PageQuery, returns: pageOf(NotificationView).extend(Unread),
});
export const readNotificationsSpec = spec({
  summary: 'These have been read', roles: ['donor'], status: 200, body: z.object({ ids: z.array(Id).min(1).max(200) }), returns: z.object(Unread),
});
