import { ScanLine } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const warehouse = {
  name: 'warehouse', roles: ['operator'], icon: ScanLine, pages: ['station', 'series', 'reception', 'queue', 'put-away', 'shipments', 'devices', 'labels'], search: 'devices',
} as const satisfies Workspace;
