import { Id } from '@lacollecte/contracts';
import { defineJob } from '@lacollecte/messaging';
import { z } from 'zod';

/** Reads a donor's file and shows what it would give. */
export const ReadManifest = defineJob('intake-read-manifest', z.object({ manifestId: Id, reading: z.int().min(1) }));
/** Makes the accepted rows of a confirmed file lines of its lot. */
export const ImportManifest = defineJob('intake-import-manifest', z.object({ manifestId: Id }));
