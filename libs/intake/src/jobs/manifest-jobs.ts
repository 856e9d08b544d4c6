import type { JobProcessor } from '@lacollecte/messaging';
import { importManifestJob } from './import-manifest.job.js';
import { readManifestJob } from './read-manifest.job.js';

export const manifestJobs: readonly JobProcessor[] = [readManifestJob, importManifestJob];
