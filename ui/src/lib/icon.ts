/** Icons are Lucide components, each imported by its own path so that only those in use are shipped. */

import type { LucideIcon } from '@lucide/svelte';

export type Icon = LucideIcon;
