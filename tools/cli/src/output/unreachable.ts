/** A line for each service that could not be asked. */
export function awayOf({
  unreachable,
}: {
  readonly unreachable: readonly { readonly service: string; readonly error: string }[];
}): string {
  return unreachable.map(({ service, error }) => `\n${service} could not be asked: ${error}`).join('');
}
