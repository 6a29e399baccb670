import { EVENTS } from '@railhead/contracts';
import type { ServiceUnderTest } from '@railhead/testing';
import type { Story } from './story.js';

/** Says on the bus what a story says, as the services would, and waits until the gateway has filed it. */
export async function tellStory(test: ServiceUnderTest, story: Story): Promise<void> {
  for (const fact of story.facts) await test.tell(EVENTS.get(fact.type)!, fact.subject, fact.data as never);
  await test.idle();
}
