import type { MigrationInterface, QueryRunner } from 'typeorm';

const ROOM = 'serial is null and imei is null and declined + received + refused < quantity';
/** As before: the best first, each a walk along the index of lines with room. */
const LINES_WITH_ROOM = [
  'lower(l.maker) = lower($3) and lower(l.model) = lower($4)', 'lower(l.maker) = lower($3) and lower(l.model) is null', 'lower(l.maker) = lower($3)',
  'lower(l.maker) is null and lower(l.model) = lower($4)', 'lower(l.maker) is null', 'true',
].map((fits) => `(select id from lot_line l where lot_id = $1 and category = $2 and ${ROOM} and ${fits} order by lower(l.maker), lower(l.model), position limit 20)`).join(' union all ');

/** What of a lot is missing, and that all of it is declined, is told by the lot's state: no line is written when a lot of a million ends. */
export class LotsEndByState1710000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index lot_line_open;
      -- The check of the line's sums goes with it.
      alter table lot_line drop column missing;
      alter table lot_line add constraint lot_line_sums check (declined >= 0 and received >= 0 and refused >= 0 and declined + received + refused <= quantity);
      create index lot_line_open on lot_line (lot_id, category, lower(maker), lower(model), position) where ${ROOM};
      create or replace function lines_with_room(lot uuid, kind text, maker text, model text) returns setof uuid language sql stable security definer set search_path = public as $$
        ${LINES_WITH_ROOM} limit 20
      $$;

      -- What holds a lot open: looked for each time that a device of it ends.
      create index device_unsettled on device (lot_id) where state <> 'settled';

      -- A phone that went back with the driver has a number of its own beside its serial.
      alter table dock_refusal add column imei text;
      -- Taken, with a remark for who looks at it: 'over-ten-years'.
      alter table device add column note text;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table device drop column note;
      alter table dock_refusal drop column imei;
      drop index device_unsettled;
      alter table lot_line add column missing int not null default 0;
      update lot_line l set missing = quantity - declined - received - refused from lot where lot.id = l.lot_id and lot.state in ('received', 'closed') and category <> 'accessory';
      update lot_line l set declined = quantity from lot where lot.id = l.lot_id and lot.state in ('declined', 'cancelled');`);
  }
}
