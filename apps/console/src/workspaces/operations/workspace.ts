import { Activity } from 'lucide-react';
import type { Workspace } from '../workspace.js';

export const operations = { name: 'operations', roles: ['ops', 'admin'], icon: Activity, pages: ['flow', 'parked', 'traces', 'jobs', 'invariants'], search: 'traces' } as const satisfies Workspace;
