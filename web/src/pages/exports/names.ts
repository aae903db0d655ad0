/** Names of export files. */

/** Without the ending, which nobody may change. */
export function stemOf(name: string): string {
  return name.replace(/\.mp4$/, "");
}
