import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { PeopleFound, PersonView } from '../lib/ipc/generated';
import { faults } from '../testing/axe';
import { fakeHost, problem } from '../testing/fakehost';
import PickerDemo from '../testing/PickerDemo.svelte';

function person(name: string, more: Partial<PersonView> = {}): PersonView {
  const key = name.toLowerCase().replaceAll(' ', '.');
  return { id: key, name, login: `${key}@example.com`, email: null, status: 'ACTIVE', canBeSubject: true, canReview: true, note: null, ...more };
}
const ADA = person('Ada Lovelace');
const ADA2 = person('Ada Lovelace', { id: 'ada2', login: 'ada2@example.com' });
const ADAM = person('Adam Gone', { status: 'DEPROVISIONED', canReview: false, note: 'They were deactivated.' });

const found = (text: string, rows: PersonView[], more: Partial<PeopleFound> = {}): PeopleFound => ({ text, rows, more: false, note: null, ...more });
const box = () => screen.getByRole('combobox', { name: /Reviewers/ });
const chosen = () => screen.getByText(/^Chosen:/).textContent;

describe('finding people', () => {
  it('asks once when the typing pauses, and chooses with the keyboard', async () => {
    let sent = 0;
    const host = fakeHost({ people_search: ({ text }) => found(text, [ADAM, ADA]) });
    render(PickerDemo, { onsend: () => sent++ });
    const user = userEvent.setup();
    await user.type(box(), 'ada');
    expect(host.count('people_search')).toBe(0);
    await screen.findAllByRole('option');
    expect(host.count('people_search')).toBe(1);
    expect(box().getAttribute('aria-expanded')).toBe('true');
    expect(await faults()).toEqual([]);
    // The first that can be chosen, though it is not the first of the list.
    const active = () => document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent;
    expect(active()).toContain('ada.lovelace@example.com');
    await user.keyboard('{ArrowUp}');
    expect(active()).toContain('Adam Gone');
    await user.keyboard('{Enter}');
    expect(chosen()).toBe('Chosen: .');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(chosen()).toBe('Chosen: Ada Lovelace.');
    expect(box()).toHaveProperty('value', '');
    await user.keyboard('{Enter}');
    expect(sent).toBe(0);
  });

  it('Enter before the answer neither sends the form nor chooses what was found before', async () => {
    let sent = 0;
    const waiting: (() => void)[] = [];
    fakeHost({ people_search: ({ text }) => (text === 'a' ? found(text, [ADAM]) : new Promise((done) => waiting.push(() => done(found(text, [ADA]))))) });
    render(PickerDemo, { onsend: () => sent++ });
    const user = userEvent.setup();
    await user.type(box(), 'ad{Enter}');
    expect(waiting.length).toBe(1);
    expect(chosen()).toBe('Chosen: .');
    waiting[0]?.();
    await screen.findByRole('option');
    await user.keyboard('{Enter}');
    expect(chosen()).toBe('Chosen: Ada Lovelace.');
    expect(sent).toBe(0);
  });

  it('drops an answer that was overtaken', async () => {
    const answers = new Map<string, (rows: PersonView[]) => void>();
    fakeHost({ people_search: ({ text }) => new Promise((done) => answers.set(text, (rows) => done(found(text, rows)))) });
    render(PickerDemo);
    const user = userEvent.setup();
    await user.type(box(), 'ad');
    await waitFor(() => expect(answers.has('ad')).toBe(true));
    await user.type(box(), 'am');
    await waitFor(() => expect(answers.has('adam')).toBe(true));
    answers.get('adam')?.([ADAM]);
    await screen.findByRole('option', { name: /Adam Gone/ });
    answers.get('ad')?.([ADA]);
    await new Promise((done) => setTimeout(done));
    expect(screen.queryByRole('option', { name: /Lovelace/ })).toBeNull();
  });

  it('an answer for another text is none for this one', async () => {
    fakeHost({ people_search: () => found('somebody else', [ADA]) });
    render(PickerDemo);
    await userEvent.setup().type(box(), 'ada{Enter}');
    await new Promise((done) => setTimeout(done, 20));
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('shows who can’t be chosen, with the reason, and takes no click on them', async () => {
    fakeHost({ people_search: ({ text }) => found(text, [ADAM, ADA, ADA2], { more: true }) });
    render(PickerDemo, { start: [ADA], barred: (one: PersonView) => (one.id === 'ada2' ? 'It is their access.' : null) });
    const user = userEvent.setup();
    await user.type(box(), 'ada{Enter}');
    for (const why of ['They were deactivated.', 'Chosen already.', 'It is their access.']) expect(await screen.findByText(why)).toBeTruthy();
    expect(screen.getByText('Deactivated')).toBeTruthy();
    expect(screen.getByText('There are more. Type on to find them.')).toBeTruthy();
    for (const option of screen.getAllByRole('option')) await user.click(option);
    expect(chosen()).toBe('Chosen: Ada Lovelace.');
  });

  it('says why nobody was found, and tries again after a problem', async () => {
    let fails = true;
    fakeHost({
      people_search: ({ text }) => {
        if (fails) throw problem({ next: [{ kind: 'retry' }] });
        return found(text, [], { note: 'Nobody begins like this.' });
      },
    });
    render(PickerDemo);
    const user = userEvent.setup();
    await user.type(box(), 'xx{Enter}');
    const again = await screen.findByRole('button', { name: /Try again/ });
    fails = false;
    await user.click(again);
    expect(await screen.findByText('Nobody begins like this.')).toBeTruthy();
  });

  it('Escape closes the list, then empties the text', async () => {
    fakeHost({ people_search: ({ text }) => found(text, [ADA]) });
    render(PickerDemo);
    const user = userEvent.setup();
    await user.type(box(), 'ada{Enter}');
    await screen.findByRole('option');
    await user.keyboard('{Escape}');
    expect(box().getAttribute('aria-expanded')).toBe('false');
    expect(box()).toHaveProperty('value', 'ada');
    await user.keyboard('{Escape}');
    expect(box()).toHaveProperty('value', '');
  });
});

describe('who is chosen', () => {
  it('is counted, told apart by login, and removed by button or Backspace', async () => {
    fakeHost();
    render(PickerDemo, { start: [ADA, ADA2, ADAM] });
    const user = userEvent.setup();
    expect(screen.getByText('3 of 10')).toBeTruthy();
    expect(screen.getByText('ada2@example.com')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove Adam Gone' }));
    expect(chosen()).toBe('Chosen: Ada Lovelace, Ada Lovelace.');
    expect(document.activeElement).toBe(box());
    await user.keyboard('{Backspace}');
    expect(chosen()).toBe('Chosen: Ada Lovelace.');
    expect(screen.getByText('1 of 10')).toBeTruthy();
  });

  it('with one at most, another takes their place', async () => {
    fakeHost({ people_search: ({ text }) => found(text, [ADA2]) });
    render(PickerDemo, { most: 1, start: [ADA] });
    const user = userEvent.setup();
    await user.type(box(), 'ada{Enter}');
    await user.click(await screen.findByRole('option'));
    expect(screen.getByRole('list').textContent).toContain('ada2@example.com');
    expect(screen.getAllByRole('button', { name: /Remove/ }).length).toBe(1);
  });
});
