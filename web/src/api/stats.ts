/** `/api/stats`: asked once, then told over the topics. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "./answer";
import { getJson } from "./client";

export interface CameraStats {
  camera_fps: number;
  process_fps: number;
  skipped_fps: number;
  detection_fps: number;
  detection_enabled: boolean;
  capture_pid: number | null;
  pid: number | null;
  state: "connecting" | "online" | "offline" | "disabled";
  state_since: number;
  state_detail: string;
  is_blind: boolean;
  blind_since: number;
  blind_reason: string;
  reconnects: number;
  dropped_packets: number;
}

export interface DetectorStats {
  inference_speed: number;
  detection_start: number;
  pid: number | null;
  runs: string;
  model: string;
}

export interface Volume {
  total: number;
  used: number;
  free: number;
  mount_type: string;
}

export interface Stats {
  cameras: Readonly<Record<string, CameraStats>>;
  detectors: Readonly<Record<string, DetectorStats>>;
  cpu_usages: Readonly<Record<string, { cpu: string; mem: string; cmdline: string }>>;
  processes: Readonly<Record<string, { pid: number }>>;
  detection_fps: number;
  service: {
    uptime: number;
    version: string;
    last_updated: number;
    storage: Readonly<Record<string, Volume>>;
  };
}

export const statsQuery = queryOptions({
  queryKey: ["stats"],
  queryFn: async ({ signal }) => orThrow(await getJson<Stats>("/api/stats", signal)),
});
