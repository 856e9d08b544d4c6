import { PackageOpen } from 'lucide-react';
import { lazy } from 'react';
import type { Workspace } from '../workspace.js';

const Bell = lazy(() => import('./bell.js').then((part) => ({ default: part.Bell })));

export const donor = { name: 'donor', roles: ['donor'], icon: PackageOpen, pages: ['lots', 'impact', 'notifications'], header: Bell } as const satisfies Workspace;
