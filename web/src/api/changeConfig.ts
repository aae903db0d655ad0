/** Changes of the configuration file. */
import type { Answer } from "./answer";
import { getText, put, tell, tellText } from "./client";
import { addressOf } from "./routes";

/**
 * A new value of `cameras.front.detect.fps` or the like: none deletes, several make a list. That of
 * `rename.cameras.front.zones.yard` is another name.
 */
export interface Setting {
  key: string;
  values: readonly (string | number | boolean)[];
}

interface Done {
  message: string;
}

/** The address that makes changes: a key without a value stands for its end. */
export function settingsAddress(settings: readonly Setting[]): string {
  const asked = new URLSearchParams();
  for (const { key, values } of settings) {
    for (const value of values.length === 0 ? [""] : values) asked.append(key, String(value));
  }
  return `/api/config/set?${asked}`;
}

/** Write settings into the file; what can change at once does. */
export function changeSettings(settings: readonly Setting[]): Promise<Answer<Done>> {
  return put(settingsAddress(settings));
}

/** The file as it was written, with stars for credentials. */
export function readFile(signal?: AbortSignal): Promise<Answer<string>> {
  return getText("/api/config/raw", signal);
}

/** Whether a text would be taken as the file; nothing is changed. */
export function checkFile(text: string): Promise<Answer<Done>> {
  return tellText("/api/config/check", text);
}

/** Replace the file. */
export function saveFile(text: string, andRestart: boolean): Promise<Answer<Done>> {
  const save_option = andRestart ? "restart" : "saveonly";
  return tellText(addressOf("/api/config/save", { save_option }), text);
}

/** What an address leads to, before it becomes a camera. */
export function probeCamera(url: string) {
  return tell("post", "/api/cameras/probe", {}, { url });
}
