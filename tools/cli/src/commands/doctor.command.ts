import { homeFolder } from '../connection/connection.js';
import { checks, type Finding } from '../doctor/checks.js';
import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';

/** Looks at everything that Railhead needs on this machine and says what to do about what is missing. */
export async function doctorCommand(context: CommandContext): Promise<ExitCode> {
  const port = Number(context.env['PORT'] || 3000);
  const findings: Finding[] = [];
  for (const check of checks(homeFolder(context.env, context.cwd), port)) findings.push(await check());
  const running = await runningFinding(context);
  const all = [...findings, running];
  const isWell = all.every(({ isFine, needed }) => isFine || !needed);
  context.out.result(
    { ok: isWell, findings: all },
    `${findingTable(all)}\n\n${isWell ? 'Railhead can run here.' : 'Mend what is marked NO, then run railhead doctor again.'}`,
  );
  return isWell ? EXIT.ok : EXIT.failed;
}

async function runningFinding(context: CommandContext): Promise<Finding> {
  try {
    const gateway = gatewayOf(context);
    await gateway.get('/health/ready');
    return { what: 'Railhead', isFine: true, needed: false, found: `answers at ${gateway.connection.url}`, advice: '' };
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    return { what: 'Railhead', isFine: false, needed: false, found: error.message, advice: error.next };
  }
}

function findingTable(findings: readonly Finding[]): string {
  const mark = ({ isFine, needed }: Finding): string => (isFine ? 'ok' : needed ? 'NO' : '-');
  return table(
    ['', 'WHAT', 'FOUND', 'TO DO'],
    findings.map((one) => [mark(one), one.what, one.found, one.advice]),
  );
}
