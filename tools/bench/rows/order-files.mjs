// Order files that are kept while orders pile up: what do they cost, and is one found as quickly among very many?
import { growthRow } from './growth.mjs';

export const row = growthRow({
  id: 'order-files',
  title: 'order file by id while orders pile up; five stages and the gateway on the embedded bus',
  place: 91,
  keepsFiles: true,
  goals: ['P8b'],
});
