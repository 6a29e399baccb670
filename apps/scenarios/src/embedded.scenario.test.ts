import { openEmbedded } from './embedded-world.js';
import { tellStories } from './stories.js';

tellStories('embedded, in one process', () => openEmbedded());
