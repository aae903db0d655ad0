/** Every page: its place in the navigation and what is loaded when somebody goes there. */
import {
  Activity,
  CalendarClock,
  FileVideo,
  type LucideIcon,
  PersonStanding,
  Settings,
  Video,
} from "lucide-react";
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Key } from "@/words";

export interface PageEntry {
  name: Extract<Key, `nav.${string}`>;
  path: `/${string}`;
  Icon: LucideIcon;
  Page: LazyExoticComponent<ComponentType>;
}

/** In the order of the navigation. A page owns its path and everything below it. */
export const PAGES: readonly PageEntry[] = [
  { name: "nav.live", path: "/live", Icon: Video, Page: lazy(() => import("@/pages/live")) },
  {
    name: "nav.events",
    path: "/events",
    Icon: PersonStanding,
    Page: lazy(() => import("@/pages/events")),
  },
  {
    name: "nav.recordings",
    path: "/recordings",
    Icon: CalendarClock,
    Page: lazy(() => import("@/pages/recordings")),
  },
  {
    name: "nav.exports",
    path: "/exports",
    Icon: FileVideo,
    Page: lazy(() => import("@/pages/exports")),
  },
  {
    name: "nav.system",
    path: "/system",
    Icon: Activity,
    Page: lazy(() => import("@/pages/system")),
  },
  {
    name: "nav.settings",
    path: "/settings",
    Icon: Settings,
    Page: lazy(() => import("@/pages/settings")),
  },
];
