import { jobsConformance } from './jobs.conformance.js';
import { migrateQueues, postgresQueues } from './queues.js';

jobsConformance("BullMQ's PostgreSQL backend", async (database) => {
  await migrateQueues(database.urls.superuser);
  return {
    queues: postgresQueues(database.urls.superuser),
    forget: async () => {
      const [held] = await database.sql<{ schema: string }>(`select schemaname as schema from pg_tables where tablename = 'job_dependency'`);
      await database.sql(`truncate ${held!.schema}.job cascade`);
    },
    close: () => Promise.resolve(),
  };
});
