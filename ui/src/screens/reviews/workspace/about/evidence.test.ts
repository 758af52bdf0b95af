import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { evidence } from '../../../../lib/evidence.svelte';
import type { EvidenceView } from '../../../../lib/ipc/generated';
import { toasts } from '../../../../lib/toasts.svelte';
import { faults } from '../../../../testing/axe';
import { fakeHost, problem, type FakeHost } from '../../../../testing/fakehost';
import { ABOUT, pack, startSession } from './fixtures';
import EvidenceSheet from './EvidenceSheet.svelte';
import { fileWords, sizeWords } from './words';

beforeEach(() => startSession());

let closed = 0;
const show = () => {
  closed = 0;
  return render(EvidenceSheet, { ...ABOUT, name: 'Lost laptop', onclose: () => closed++ });
};
const send = (host: FakeHost, view: EvidenceView) => host.send({ kind: 'evidence', view });
const button = (name: string) => screen.getByRole('button', { name });
const saved = pack({
  state: 'done', words: 'Saved.', folder: '/home/robin/evidence', missing: ['Summary: it is off.'],
  files: [{ name: 'evidence.html', bytes: 14_200, sha256: 'ab12' }],
});

/** What was asked besides the look for a pack that is under way. */
const asked = (host: FakeHost) => host.asked.filter((one) => one.name !== 'evidence_get');

describe('the sheet', () => {
  it('shows a pack that was begun before the page was loaded anew', async () => {
    const host = fakeHost({ evidence_get: () => pack({ state: 'gathering', words: 'Reading Slack', done: 3, of: 9 }) });
    show();
    await screen.findByText('Reading Slack');
    expect(host.count('evidence_start')).toBe(0);
  });

  it('says what will be in it and sends what was chosen, once', async () => {
    let answer: (it: EvidenceView) => void = () => undefined;
    const host = fakeHost({ evidence_start: () => new Promise<EvidenceView>((done) => (answer = done)) });
    show();
    for (const name of ['evidence.html', 'evidence.csv', 'evidence.json', 'SHA256SUMS.txt']) expect(screen.getByText(name)).toBeTruthy();
    await userEvent.click(screen.getByRole('switch', { name: 'Anomalies of every item' }));
    await userEvent.click(button('Choose a folder and save'));
    await userEvent.click(button('Choose a folder and save'));
    expect(asked(host)).toEqual([{ name: 'evidence_start', args: { ...ABOUT, all: true, summary: false } }]);
    answer(pack({ state: 'choosing', words: 'Choose where to put the evidence pack.' }));
    await screen.findByText('Choose where to put the evidence pack.');
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(await faults()).toEqual([]);
  });

  it('shows progress, stops on demand, and says so', async () => {
    const host = fakeHost({ evidence_start: () => pack({ state: 'choosing' }), evidence_stop: () => pack() });
    show();
    await userEvent.click(button('Choose a folder and save'));
    send(host, pack());
    const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'Reading the history' });
    expect([bar.value, bar.max]).toEqual([3, 8]);
    await userEvent.click(button('Stop'));
    await userEvent.click(button('Stopping'));
    expect(host.count('evidence_stop')).toBe(1);
    send(host, pack({ state: 'cancelled', words: 'Stopped. Nothing was saved.' }));
    await screen.findByText('Stopped. Nothing was saved.');
    expect(button('Choose a folder and save')).toBeTruthy();
    expect(toasts.all).toEqual([]);
  });

  it('believes an event over the reply that it overtook', async () => {
    const host = fakeHost();
    host.answers.evidence_start = () => {
      send(host, saved);
      return pack({ state: 'choosing', words: 'Choose where.' });
    };
    show();
    await userEvent.click(button('Choose a folder and save'));
    await screen.findByText('/home/robin/evidence');
    expect(screen.queryByText('Choose where.')).toBeNull();
  });

  it('shows folder, files, sums to copy and what is missing, and makes another', async () => {
    const host = fakeHost({ copy: () => ({}) as never, evidence_start: () => pack() });
    show();
    send(host, saved);
    await screen.findByText('/home/robin/evidence');
    expect(screen.getByText('Summary: it is off.')).toBeTruthy();
    expect(screen.getByText('14 KB')).toBeTruthy();
    await userEvent.click(button('Copy SHA-256 of evidence.html'));
    expect(asked(host)).toEqual([{ name: 'copy', args: { text: 'ab12' } }]);
    expect(await faults()).toEqual([]);
    await userEvent.click(button('Make another'));
    expect(button('Choose a folder and save')).toBeTruthy();
  });

  it('shows why it failed, from the answer or from an event, with a way on', async () => {
    const host = fakeHost({ evidence_start: () => Promise.reject(problem({ title: 'No folder could be chosen.', next: [{ kind: 'retry' }] })) });
    show();
    await userEvent.click(button('Choose a folder and save'));
    await screen.findByText('No folder could be chosen.');
    host.answers.evidence_start = () => pack();
    await userEvent.click(button('Try again'));
    await screen.findByText('Reading the history');
    send(host, pack({ state: 'failed', problem: problem({ title: 'The disk is full.' }) }));
    await screen.findByText('The disk is full.');
    expect(button('Choose a folder and save')).toBeTruthy();
  });
});

describe('with the sheet closed', () => {
  it('goes on, and a toast tells the end with the name of the review', async () => {
    const host = fakeHost({ evidence_start: () => pack() });
    const { unmount } = show();
    await userEvent.click(button('Choose a folder and save'));
    await userEvent.click(await screen.findByRole('button', { name: 'Go on in the background' }));
    expect(closed).toBe(1);
    unmount();
    send(host, pack({ done: 4 }));
    expect(toasts.all).toEqual([]);
    send(host, saved);
    expect(toasts.all).toMatchObject([{ tone: 'ok', text: 'The evidence pack of Lost laptop is saved.', more: '/home/robin/evidence' }]);
    expect(host.count('evidence_stop')).toBe(0);
    show();
    await waitFor(() => expect(screen.getByText('/home/robin/evidence')).toBeTruthy());
  });

  it('a failure stays until it was read', async () => {
    const host = fakeHost({ evidence_start: () => pack() });
    const { unmount } = show();
    await userEvent.click(button('Choose a folder and save'));
    unmount();
    send(host, pack({ state: 'failed', problem: problem({ title: 'The disk is full.', why: 'Make room.' }) }));
    expect(toasts.all).toMatchObject([{ tone: 'bad', text: 'The evidence pack of Lost laptop could not be made.', more: 'The disk is full. Make room.' }]);
  });

  it('keeps the packs of two reviews apart', () => {
    const host = fakeHost();
    evidence.watch(ABOUT, 'Lost laptop');
    send(host, pack({ review: 'sar2', words: 'Other' }));
    expect(evidence.of(ABOUT)).toBeUndefined();
    expect(evidence.of({ ...ABOUT, review: 'sar2' })?.words).toBe('Other');
  });
});

describe('words', () => {
  it('says sizes as people do', () => {
    expect([1, 812, 14_200, 2_340_000].map(sizeWords)).toEqual(['1 byte', '812 bytes', '14 KB', '2.3 MB']);
  });
  it('says nothing of a file it does not know', () => {
    expect(fileWords({ name: 'evidence.pdf' })).toBe('');
  });
});
