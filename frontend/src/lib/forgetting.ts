/** What the page itself remembers of somebody's work, until they sign out. */

const forgetters: (() => void)[] = [];

/** For whatever a module keeps beside the answers of the server. */
export function forgetAtSignOut(forget: () => void): void {
  forgetters.push(forget);
}

export function forgetAll(): void {
  for (const forget of forgetters) forget();
}
