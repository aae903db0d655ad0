/** Keeps the address true, so that a reload or a link shows the same. */
import { useEffect, useRef } from "react";
import { useLocation, useSearch } from "wouter";
import { addressOfPlace, readPlace } from "./place";
import type { Conductor } from "./player/conductor";

const EVERY_MS = 1000;

/** Follows links to other moments, and writes the moment that is shown once a second. */
export function useAddress(conductor: Conductor, cameras: readonly string[]): void {
  const search = useSearch();
  const [, navigate] = useLocation();
  const written = useRef(`?${search}`);
  useEffect(() => {
    if (`?${search}` === written.current) return;
    written.current = `?${search}`;
    const { time } = readPlace(new URLSearchParams(search));
    if (time !== null) conductor.tell({ time });
  }, [search, conductor]);
  useEffect(() => {
    const write = () => {
      const time = Math.floor(conductor.shown().time * 100) / 100;
      const address = addressOfPlace({ cameras, time });
      const next = address.slice(address.indexOf("?"));
      if (next === written.current) return;
      written.current = next;
      navigate(address, { replace: true });
    };
    const timer = setInterval(write, EVERY_MS);
    return () => clearInterval(timer);
  }, [conductor, cameras, navigate]);
}
