/** Names of export files. */

/** Where the server gives a file away, from the path that it has for itself. */
export function addressOfFile(video_path: string): string {
  const name = video_path.slice(video_path.lastIndexOf("/") + 1);
  return `/exports/${encodeURIComponent(name)}`;
}
