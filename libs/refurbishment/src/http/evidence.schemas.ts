import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { EvidenceContent, text } from './steps.schemas.js';
import { DeviceView, EvidenceView } from './views.schemas.js';

const byEvidence = z.object({ evidenceId: z.uuid() });

export const waitingSpec = spec({
  summary: 'Evidence of erasure that waits for its drive or for a person, oldest first', roles: ['operator', 'coordinator', 'ops', 'admin', 'service'],
  query: PageQuery, returns: pageOf(EvidenceView),
});
export const reportSpec = spec({
  summary: 'Report erasures by the serials of the drives; what matches no drive waits', roles: ['operator', 'coordinator', 'admin', 'service'], status: 200,
  body: z.object({ evidence: z.array(EvidenceContent).min(1).max(200) }), returns: z.object({ items: z.array(EvidenceView) }),
});
export const matchSpec = spec({
  summary: 'Say which drive evidence is about', roles: ['operator', 'coordinator', 'admin'], status: 200, params: byEvidence,
  body: z.object({ deviceId: z.uuid(), driveId: z.uuid() }), returns: DeviceView,
});
export const contestSpec = spec({
  summary: 'An erasure was found wrong: what it covered is open again, and recalled wherever it is', roles: ['coordinator', 'admin'], status: 200, params: byEvidence,
  body: z.object({ reason: text(200) }), returns: z.object({ devices: z.array(DeviceView) }),
});
