// A process that takes the messages: the subject of the controls, with a note of every batch before it is handed over.
import { KitEnv, loadEnv, openBus, openLog, startService } from '@railhead/service-kit';
import { BusAround } from '../controls/bus-around.mjs';
import { endGracefully } from '../controls/subject/end-gracefully.mjs';
import { subjectService } from '../controls/subject/subject.mjs';

/** What is not new took effect before, or stands in the batch twice. */
const NOTE = `
  INSERT INTO deliveries (records, again)
  SELECT $3::int, $3::int - count(*)
    FROM (SELECT DISTINCT key, number FROM unnest($1::text[], $2::int[]) AS t(key, number)) t
   WHERE NOT EXISTS (SELECT 1 FROM effects e WHERE e.key = t.key AND e.number = t.number)`;

let service;

/** What comes again must be dropped by the inbox. Noted in the database: this process may not live much longer. */
async function note({ records }) {
  await service?.context.db.query(NOTE, [
    records.map(({ key }) => key),
    records.map(({ headers }) => Number(headers.rh_seq)),
    records.length,
  ]);
}

const env = loadEnv(KitEnv, process.env);
const bus = new BusAround(await openBus(env, openLog(subjectService.name, env.LOG_LEVEL)), { beforeHandle: note });
service = await startService(subjectService, { env: process.env, bus });
endGracefully(service, bus);
