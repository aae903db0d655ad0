/** The playlist of the window that a camera shows, and what the conductor learns of it. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { orThrow } from "@/api/answer";
import { getText } from "@/api/client";
import { readFrameRate, readStretches, type Stretch } from "@/api/playlist";
import { addressOf } from "@/api/routes";
import type { Conductor } from "./conductor";
import { playsOnAt, WINDOW_S, windowOf } from "./footage";
import { useShown } from "./useShown";

const GROWS_MS = 5000; // how often a window that is not over is asked for again
const USUAL_RATE = 25;

interface Loaded {
  windowFrom: number;
  stretches: readonly Stretch[];
  frameRate: number;
  source: string | null; // null without footage
}

function addressIn(camera: string, from: number, name: string): string {
  const route = "/vod/{camera}/start/{start}/end/{end}/{name}";
  return addressOf(route, { camera, start: from, end: from + WINDOW_S, name });
}

function windowQuery(camera: string, from: number) {
  return queryOptions({
    queryKey: ["footage", camera, from],
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: () => (Date.now() / 1000 < from + WINDOW_S ? GROWS_MS : false),
    queryFn: async ({ signal }): Promise<Loaded> => {
      const address = addressIn(camera, from, "index.m3u8");
      const answer = await getText(address, signal);
      if (answer.kind === "failed" && answer.status === 404) return nothingIn(from);
      const stretches = readStretches(orThrow(answer));
      const master = await getText(addressIn(camera, from, "master.m3u8"), signal);
      const frameRate = master.kind === "ok" ? readFrameRate(master.value) : null;
      const length_s = stretches.reduce((sum, each) => sum + each.length_s, 0);
      const source = `${address}?seconds=${length_s.toFixed(3)}`; // another when it has grown
      return { windowFrom: from, stretches, frameRate: frameRate ?? USUAL_RATE, source };
    },
  });
}

const nothingIn = (windowFrom: number): Loaded => ({
  windowFrom,
  stretches: [],
  frameRate: USUAL_RATE,
  source: null,
});

/**
 * What to play; null while it is asked for. A playlist that has grown takes the place of the one that plays
 * only when the clock leaves what that one has, because players have to load it anew.
 */
export function useFootage(
  conductor: Conductor,
  camera: string,
  laterStarts: ((windowTo: number) => readonly number[]) | null,
) {
  const windowFrom = useShown(conductor, ({ time }) => windowOf(time).from);
  const newest = useQuery(windowQuery(camera, windowFrom));
  const [kept, setKept] = useState<Loaded | null>(null);
  const loaded = kept?.windowFrom === windowFrom ? kept : null;
  const isCovered = useShown(
    conductor,
    ({ time }) => loaded !== null && playsOnAt(loaded.stretches, time),
  );
  useEffect(() => {
    if (newest.data && !isCovered) setKept(newest.data);
  }, [newest.data, isCovered]);
  const footage = useMemo(
    () => loaded && laterStarts && { ...loaded, laterStarts: laterStarts(windowFrom + WINDOW_S) },
    [loaded, laterStarts, windowFrom],
  );
  useEffect(() => conductor.learn(camera, footage), [conductor, camera, footage]);
  useEffect(() => () => conductor.forget(camera), [conductor, camera]);
  return { source: loaded?.source ?? null, stretches: loaded?.stretches ?? [], query: newest };
}
