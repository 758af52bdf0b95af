import { expect, it } from 'vitest';
import { org } from '../../testing/data';
import { fakeHost, type FakeHost } from '../../testing/fakehost';
import { draftOf as incidentDraft } from './incident/draft.svelte';
import { draftOf as launchDraft } from './launch/draft.svelte';
import { memory as listMemory } from './list/memory.svelte';
import { commentOn } from './workspace/about/comments.svelte';
import { memory as reviewMemory } from './workspace/memory.svelte';

const only = (host: FakeHost, key: string) => host.send({ kind: 'orgs', orgs: [org(key)], current: null });

it('what was typed for a launch, a list of people, a comment or a search goes with the org', () => {
  const host = fakeHost();
  const scope = { org: 'gone', side: 'admin', review: 'r' } as const;
  launchDraft('gone').name = 'typed';
  incidentDraft('gone').text = 'ada@example.com';
  commentOn(scope).text = 'typed';
  listMemory.of('gone', 'admin').text = 'typed';
  reviewMemory.of(scope).text = 'typed';
  const words = () => [launchDraft('gone').name, incidentDraft('gone').text, commentOn(scope).text, listMemory.of('gone', 'admin').text, reviewMemory.of(scope).text];
  only(host, 'gone');
  expect(words()).toEqual(['typed', 'ada@example.com', 'typed', 'typed', 'typed']);
  only(host, 'other');
  expect(words()).toEqual(['', '', '', '', '']);
});
