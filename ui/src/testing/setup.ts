import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';
import { closeEvents } from '../lib/ipc/events';

afterEach(() => {
  cleanup();
  closeEvents();
});
