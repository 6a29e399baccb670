import type { ServiceUnderTest } from '@railhead/testing';
import { FactStore } from '../store/fact.store.js';
import type { Story } from './story.js';

/** Files a story as it is, with what led to what; {@link tellStory} would give each fact an id of its own. */
export async function fileStory(test: ServiceUnderTest, story: Story): Promise<void> {
  const facts = test.service.app.get(FactStore, { strict: false });
  await test.service.context.db.transaction((tx) => facts.add(story.facts, tx));
}
