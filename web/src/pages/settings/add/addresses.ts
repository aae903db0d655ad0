/** The addresses of a camera's streams, from what people know of it. */

/** Where common makes have their large and their small stream. */
const PATHS = {
  amcrest: ["/cam/realmonitor?channel=1&subtype=0", "/cam/realmonitor?channel=1&subtype=1"],
  axis: ["/axis-media/media.amp?videocodec=h264", "/axis-media/media.amp?resolution=640x360"],
  dahua: ["/cam/realmonitor?channel=1&subtype=0", "/cam/realmonitor?channel=1&subtype=1"],
  foscam: ["/videoMain", "/videoSub"],
  hikvision: ["/Streaming/Channels/101", "/Streaming/Channels/102"],
  reolink: ["/h264Preview_01_main", "/h264Preview_01_sub"],
  tapo: ["/stream1", "/stream2"],
  uniview: ["/media/video1", "/media/video2"],
} as const;

export const MAKES: Readonly<Record<keyof typeof PATHS, string>> = {
  amcrest: "Amcrest",
  axis: "Axis",
  dahua: "Dahua",
  foscam: "Foscam",
  hikvision: "Hikvision",
  reolink: "Reolink",
  tapo: "TP-Link Tapo",
  uniview: "Uniview",
};

export type Make = keyof typeof PATHS | "other";

export interface Known {
  make: Make;
  address: string; // of the stream; for other makes
  host: string; // with a port, if it is not 554
  user: string;
  password: string;
}

export const NOTHING: Known = { make: "other", address: "", host: "", user: "", password: "" };

/** What is to be tried: the large stream and, where the make tells it, the small one. */
export function addressesOf({ make, address, host, user, password }: Known): string[] {
  if (make === "other") return address.trim() === "" ? [] : [address.trim()];
  if (host.trim() === "") return [];
  const secret = password === "" ? "" : `:${encodeURIComponent(password)}`;
  const who = user === "" ? "" : `${encodeURIComponent(user)}${secret}@`;
  return PATHS[make].map((path) => `rtsp://${who}${host.trim()}${path}`);
}

export type Role = "detect" | "record" | "audio";
export const ROLES: readonly Role[] = ["detect", "record", "audio"];

/** Who does what: alone a stream does all; of two the large one is recorded, the small one watched. */
export function rolesFor(suggested: readonly (readonly string[])[]): Role[][] {
  if (suggested.length === 1) {
    return suggested.map((each) => ROLES.filter((role) => each.includes(role)));
  }
  return suggested.map((_, index) => (index === 0 ? ["record"] : ["detect"]));
}

/** What keeps a camera from being added; null when nothing does. */
export function lackOf(
  name: string,
  roles: readonly (readonly Role[])[],
  taken: readonly string[],
): "name" | "taken" | "detect" | null {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return "name";
  if (taken.includes(name)) return "taken";
  return roles.filter((each) => each.includes("detect")).length === 1 ? null : "detect";
}

/** A name as the file takes it. */
export function plainKey(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "_");
}
