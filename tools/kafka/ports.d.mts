/** Free TCP ports on loopback, all different, outside the range from which the system gives ports away by itself. */
export function freePorts(count: number): Promise<number[]>;
export function isFree(port: number): Promise<boolean>;
