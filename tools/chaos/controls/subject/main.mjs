// The subject as a process of its own. PUBLISH_PAUSE_MS: a broker that takes its time.
import { KitEnv, loadEnv, openBus, openLog, startService } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { BusAround } from '../bus-around.mjs';
import { endGracefully } from './end-gracefully.mjs';
import { subjectService } from './subject.mjs';

const pauseMs = Number(process.env.PUBLISH_PAUSE_MS ?? 0);
const env = loadEnv(KitEnv, process.env);
const inner = await openBus(env, openLog(subjectService.name, env.LOG_LEVEL));
const bus = new BusAround(inner, { beforePublish: () => pause(pauseMs) });
const service = await startService(subjectService, { env: process.env, bus });
endGracefully(service, bus);
