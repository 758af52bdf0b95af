import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { faults } from '../testing/axe';
import MenuDemo from '../testing/MenuDemo.svelte';
import Button from './Button.svelte';
import Choice from './Choice.svelte';
import Dialog from './Dialog.svelte';
import Field from './Field.svelte';
import StepList from './StepList.svelte';
import Switch from './Switch.svelte';
import Tabs from './Tabs.svelte';

const text = (words: string) => createRawSnippet(() => ({ render: () => `<p>${words}</p>` }));

describe('Button', () => {
  it('does nothing while busy, and keeps the focus', async () => {
    const onclick = vi.fn();
    const { rerender } = render(Button, { onclick, children: text('Save') });
    await userEvent.click(screen.getByRole('button'));
    await rerender({ busy: true });
    await userEvent.click(screen.getByRole('button'));
    expect(onclick).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(screen.getByRole('button'));
  });
  it('a busy submit button does not submit', async () => {
    const form = document.createElement('form');
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    document.body.append(form);
    render(Button, { target: form, props: { type: 'submit', busy: true, children: text('Save') } });
    await userEvent.click(screen.getByRole('button'));
    expect(submitted).not.toHaveBeenCalled();
    form.remove();
  });
});

describe('Field', () => {
  it('ties label, help and error to the control', async () => {
    const control = createRawSnippet<[{ id: string; describedby: string | undefined; invalid: boolean }]>((given) => ({
      render: () => `<input id="${given().id}" aria-describedby="${given().describedby}" aria-invalid="${given().invalid}">`,
    }));
    render(Field, { label: 'Token', help: 'From the Admin Console.', error: 'That is no token.', children: control });
    const input = screen.getByLabelText('Token');
    const told = input.getAttribute('aria-describedby')?.split(' ').map((id) => document.getElementById(id)?.textContent?.trim());
    expect(told).toEqual(['That is no token.', 'From the Admin Console.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(await faults()).toEqual([]);
  });
});

describe('Switch', () => {
  it('is a switch with a name and a description', async () => {
    const onchange = vi.fn();
    render(Switch, { label: 'Read-only', help: 'Refuses every change.', onchange });
    const it = screen.getByRole('switch', { name: 'Read-only', description: 'Refuses every change.', checked: false });
    it.focus();
    await userEvent.keyboard(' ');
    expect(onchange).toHaveBeenLastCalledWith(true);
    expect(it.getAttribute('aria-checked')).toBe('true');
    expect(await faults()).toEqual([]);
  });
});

describe('Choice', () => {
  it('is a group of radio buttons', async () => {
    const onchange = vi.fn();
    render(Choice, {
      legend: 'Colours', value: 'a', onchange,
      options: [{ value: 'a', label: 'Light' }, { value: 'b', label: 'Dark', help: 'For the night.' }, { value: 'c', label: 'None', disabled: true }],
    });
    const group = screen.getByRole('group', { name: 'Colours' });
    expect(within(group).getAllByRole<HTMLInputElement>('radio').map((one) => [one.checked, one.disabled])).toEqual([
      [true, false], [false, false], [false, true],
    ]);
    await userEvent.click(screen.getByLabelText(/Dark/));
    expect(onchange).toHaveBeenCalledExactlyOnceWith('b');
    expect(await faults()).toEqual([]);
  });
});

describe('Tabs', () => {
  it('arrow keys go round and pass over what is disabled', async () => {
    render(Tabs, {
      label: 'Features', value: 'a', children: text('panel'),
      tabs: [{ id: 'a', label: 'To App' }, { id: 'b', label: 'Off', disabled: true }, { id: 'c', label: 'To Okta', note: '2' }],
    });
    const chosen = () => screen.getByRole('tab', { selected: true }).textContent;
    screen.getByRole('tab', { selected: true }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect([chosen(), document.activeElement?.textContent]).toEqual(['To Okta2', 'To Okta2']);
    await userEvent.keyboard('{ArrowRight}');
    expect(chosen()).toBe('To App');
    await userEvent.keyboard('{End}');
    expect(chosen()).toBe('To Okta2');
    expect(screen.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe(screen.getByRole('tab', { selected: true }).id);
    expect(await faults()).toEqual([]);
  });
});

describe('StepList', () => {
  it('says each state in words', async () => {
    render(StepList, {
      steps: [
        { key: 'save', label: 'Save the connection', state: 'done', note: null },
        { key: 'consent', label: 'Give consent', state: 'running', note: 'waiting at accounts.google.com' },
        { key: 'activate', label: 'Activate', state: 'waiting', note: null },
      ],
    });
    expect(screen.getAllByRole('listitem').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())).toEqual([
      'Save the connection, done', 'Give consent, in progress waiting at accounts.google.com', 'Activate, to do',
    ]);
    expect(await faults()).toEqual([]);
  });
});

describe('Dialog', () => {
  it('takes the focus and gives it back', async () => {
    const before = document.createElement('button');
    before.textContent = 'Forget';
    document.body.append(before);
    before.focus();
    const onclose = vi.fn();
    const { unmount } = render(Dialog, { title: 'Forget Acme?', onclose, children: text('Sure?') });
    const dialog = screen.getByRole<HTMLDialogElement>('dialog', { name: 'Forget Acme?' });
    expect(dialog.open).toBe(true);
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(onclose).toHaveBeenCalledTimes(2);
    expect(await faults()).toEqual([]);
    unmount();
    expect(document.activeElement).toBe(before);
    before.remove();
  });
  it('a sticky one stays when the backdrop is clicked', () => {
    const onclose = vi.fn();
    const { rerender } = render(Dialog, { title: 'T', onclose, sticky: true, children: text('x') });
    const click = () => screen.getByRole('dialog').dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
    click();
    expect(onclose).not.toHaveBeenCalled();
    void rerender({ sticky: false });
    return vi.waitFor(() => {
      click();
      expect(onclose).toHaveBeenCalled();
    });
  });
});

describe('Menu', () => {
  it('opens by keyboard, runs what is chosen and gives the focus back', async () => {
    const onselect = vi.fn();
    render(MenuDemo, { items: [{ id: 'a', label: 'First', onselect: vi.fn() }, { id: 'b', label: 'Second', onselect }] });
    const button = screen.getByRole('button', { name: 'More' });
    button.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('menu');
    expect(screen.getAllByRole('menuitem').map((one) => one.textContent?.trim())).toEqual(['First', 'Second']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await vi.waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    expect(onselect).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button);
  });
  it('items that are on or off say so', async () => {
    render(MenuDemo, { items: [{ id: 'a', label: 'Slow', checked: true, onselect: vi.fn() }, { id: 'b', label: 'Lost', checked: false, onselect: vi.fn() }] });
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    const items = await screen.findAllByRole('menuitemcheckbox');
    expect(items.map((one) => one.getAttribute('aria-checked'))).toEqual(['true', 'false']);
  });
});
