/**
 * Statements that put a table under row-level security for the role `<service>_app`: staff see all rows, others those whose
 * `column` is their organisation. The worker role sees all. Settings left by an earlier transaction read '' and fail closed.
 */
export function protect(service: string, table: string, column: string): string {
  const own = `current_setting('app.staff', true) = 'true' or ${column} = nullif(current_setting('app.organisation', true), '')::uuid`;
  return `
    alter table ${table} enable row level security;
    create policy own_rows on ${table} to ${service}_app using (${own});
    create policy every_row on ${table} to ${service}_worker using (true);`;
}
