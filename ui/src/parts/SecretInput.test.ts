import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import SecretInput from './SecretInput.svelte';

const SECRET = '00canary-secret';

function field() {
  const onfilled = vi.fn();
  const { component, unmount, container } = render(SecretInput, { id: 'token', onfilled });
  const input = container.querySelector('input') as HTMLInputElement;
  return { component, unmount, input, onfilled };
}

describe('a secret', () => {
  it('is a password field the browser keeps nothing of', () => {
    const { input } = field();
    expect([input.type, input.getAttribute('autocomplete'), input.getAttribute('spellcheck')]).toEqual(['password', 'off', 'false']);
  });

  it('is handed over once; the field is empty afterwards', async () => {
    const { component, input, onfilled } = field();
    await userEvent.type(input, SECRET);
    expect([component.filled(), onfilled.mock.lastCall]).toEqual([true, [true]]);
    expect(component.take()).toBe(SECRET);
    expect([input.value, component.filled(), component.take(), onfilled.mock.lastCall]).toEqual(['', false, '', [false]]);
  });

  it('is in no attribute and no markup', async () => {
    const { input } = field();
    await userEvent.type(input, SECRET);
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
  });

  it('tells others only that there is something, never what', async () => {
    const { input, onfilled } = field();
    await userEvent.type(input, SECRET);
    expect(JSON.stringify(onfilled.mock.calls)).not.toContain('canary');
  });

  it('is emptied when the field goes away', async () => {
    const { input, unmount } = field();
    await userEvent.type(input, SECRET);
    unmount();
    expect(input.value).toBe('');
    expect(screen.queryByDisplayValue(SECRET)).toBeNull();
  });
});
