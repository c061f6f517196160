export function locked<T>(folder: string, purpose: string, work: () => T | Promise<T>): Promise<T>;
