/** Messages of Picket to this browser. */
import { ask, getJson, tell } from "@/api/client";
import type { Result } from "@/api/routes";

export type PushState =
  | { kind: "impossible" } // the browser cannot, or the page came without HTTPS
  | { kind: "unset"; reason: string } // Picket has no channel for it
  | { kind: "forbidden" } // by the user, in the browser
  | { kind: "off" }
  | { kind: "on" };

type Telling = Result<"get", "/api/notifications">;

/** How it is now. */
export async function pushState(): Promise<PushState> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return { kind: "impossible" };
  const key = await ask("/api/notifications/webpush/key", {});
  if (key.kind === "failed") return { kind: "unset", reason: key.message };
  if (Notification.permission === "denied") return { kind: "forbidden" };
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return { kind: subscription ? "on" : "off" };
}

/** Ask the user, subscribe this browser and tell Picket; a text says why not. */
export async function turnOn(name: string): Promise<string | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const key = await ask("/api/notifications/webpush/key", {});
  if (key.kind !== "ok") return key.kind === "failed" ? key.message : null;
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const wanted = { userVisibleOnly: true, applicationServerKey: key.value.key };
    const { endpoint, keys } = (await pushManager.subscribe(wanted)).toJSON();
    const { p256dh = "", auth = "" } = keys ?? {};
    const body = { endpoint: endpoint ?? "", keys: { p256dh, auth }, name };
    const answer = await tell("post", "/api/notifications/webpush/subscriptions", {}, body);
    return answer.kind === "failed" ? answer.message : null;
  } catch (error) {
    return String(error); // its push service cannot be reached, or is not there
  }
}

/** Tell this browser no more. */
export async function turnOff(): Promise<string | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return null;
  const body = { endpoint: subscription.endpoint };
  const answer = await tell("delete", "/api/notifications/webpush/subscriptions", {}, body);
  if (answer.kind === "failed") return answer.message;
  await subscription.unsubscribe();
  return null;
}

/** Send a test to every browser; what came of it, in Picket's words. */
export async function sendTest(): Promise<string> {
  const telling = await getJson<Telling>("/api/notifications");
  if (telling.kind !== "ok") return telling.kind === "failed" ? telling.message : "";
  const channel = telling.value.channels.find(({ type }) => type === "webpush")?.name ?? null;
  const answer = await tell("post", "/api/notifications/test", {}, { channel });
  if (answer.kind === "ok") return answer.value.message ?? "";
  return answer.kind === "failed" ? answer.message : "";
}
