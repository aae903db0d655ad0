/** Zones and masks of a camera as they are drawn, and as the configuration file has them. */
import type { Setting } from "@/api/changeConfig";
import type { Camera, Polygon } from "@/api/config";
import { type Corner, cornersOf, listOf, masksOf, polygonText } from "@/api/polygons";

export type Kind = "zone" | "motion" | "object";

export interface Shape {
  id: string; // of this drawing, for as long as the page is open
  kind: Kind;
  name: string; // of a zone
  label: string; // that an object mask is for; empty for all
  corners: readonly Corner[];
  objects: readonly string[]; // that a zone is for; none for all
  inertia: number; // frames that an object must stand in a zone
}

export const LEAST_CORNERS = 3;
export const USUAL_INERTIA = 3;

/** What the configuration in effect has. */
export function shapesOf(camera: Camera): Shape[] {
  const read = (shape: Partial<Shape> & { kind: Kind }, polygon: Polygon): Shape => ({
    id: `${shape.kind}/${shape.name ?? shape.label ?? ""}`,
    name: "",
    label: "",
    objects: [],
    inertia: USUAL_INERTIA,
    corners: cornersOf(polygon, camera.detect),
    ...shape,
  });
  const zones = Object.entries(camera.zones).map(([name, { coordinates, objects, inertia }]) =>
    read({ kind: "zone", name, objects: listOf(objects), inertia }, coordinates),
  );
  const motion = masksOf(camera.motion.mask).map((mask) => read({ kind: "motion" }, mask));
  const common = masksOf(camera.objects.mask);
  const all = common.map((mask) => read({ kind: "object" }, mask));
  const single = Object.entries(camera.objects.filters).flatMap(([label, { mask }]) =>
    masksOf(mask)
      .filter((each) => !common.includes(each)) // in effect, each label has the common ones too
      .map((each) => read({ kind: "object", label }, each)),
  );
  return [...zones, ...motion, ...all, ...single].map((shape, index) => ({
    ...shape,
    id: `${shape.id}/${index}`,
  }));
}

/** The settings that lead from what is in the file to what is drawn. */
export function settingsOf(camera: string, before: readonly Shape[], after: readonly Shape[]) {
  const above = `cameras.${camera}`;
  return [
    ...zoneSettings(above, before, after),
    ...maskSettings(above, before, after),
  ] satisfies Setting[];
}

/** First what is deleted, then new names, then the rest: a name may be free only by then. */
function zoneSettings(above: string, before: readonly Shape[], after: readonly Shape[]): Setting[] {
  const [old, wanted] = [zonesOf(before), zonesOf(after)];
  const pairs = wanted.map((zone) => [zone, savedZone(zone, before, after)] as const);
  const gone = old.filter((zone) => !pairs.some(([, saved]) => saved === zone));
  const renamed = pairs.flatMap(([{ name }, saved]) =>
    saved && saved.name !== name ? [{ from: saved.name, to: name }] : [],
  );
  return [
    ...gone.map(({ name }) => ({ key: `${above}.zones.${name}`, values: [] })),
    ...renamed.map(({ from, to }) => ({ key: `rename.${above}.zones.${from}`, values: [to] })),
    ...pairs.flatMap(([zone, saved]) => valuesOf(`${above}.zones.${zone.name}`, saved, zone)),
  ];
}

const zonesOf = (shapes: readonly Shape[]) => shapes.filter(({ kind }) => kind === "zone");

/** The zone in the file that a drawn one is: the one it was read from, or whose name it took. */
function savedZone(
  { id, name }: Shape,
  before: readonly Shape[],
  after: readonly Shape[],
): Shape | undefined {
  const saved = zonesOf(before);
  const isGone = (zone: Shape) => !after.some((each) => each.id === zone.id);
  return (
    saved.find((zone) => zone.id === id) ?? saved.find((zone) => zone.name === name && isGone(zone))
  );
}

function valuesOf(key: string, old: Shape | undefined, zone: Shape): Setting[] {
  const settings: Setting[] = [];
  const coordinates = polygonText(zone.corners);
  if (!old || polygonText(old.corners) !== coordinates) {
    settings.push({ key: `${key}.coordinates`, values: [coordinates] });
  }
  if (String(old?.objects ?? []) !== String(zone.objects)) {
    settings.push({ key: `${key}.objects`, values: zone.objects });
  }
  if ((old?.inertia ?? USUAL_INERTIA) !== zone.inertia) {
    settings.push({ key: `${key}.inertia`, values: [zone.inertia] });
  }
  return settings;
}

function maskSettings(above: string, before: readonly Shape[], after: readonly Shape[]): Setting[] {
  const [old, wanted] = [masksByKey(before), masksByKey(after)];
  return [...new Set([...old.keys(), ...wanted.keys()])]
    .filter((key) => String(old.get(key)) !== String(wanted.get(key)))
    .map((key) => ({ key: `${above}.${key}`, values: wanted.get(key) ?? [] }));
}

/** Every mask by the setting that holds it. */
function masksByKey(shapes: readonly Shape[]): Map<string, string[]> {
  const masks = new Map<string, string[]>();
  for (const { kind, label, corners } of shapes) {
    if (kind === "zone") continue;
    const objects = label === "" ? "objects.mask" : `objects.filters.${label}.mask`;
    const key = kind === "motion" ? "motion.mask" : objects;
    masks.set(key, [...(masks.get(key) ?? []), polygonText(corners)]);
  }
  return masks;
}

/** What keeps the drawing from being saved; null when nothing does. */
export function faultOf(shapes: readonly Shape[]): "corners" | "name" | "twice" | null {
  const names = shapes.filter(({ kind }) => kind === "zone").map(({ name }) => name);
  if (shapes.some(({ corners }) => corners.length < LEAST_CORNERS)) return "corners";
  if (names.some((name) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name))) return "name";
  return new Set(names).size < names.length ? "twice" : null;
}

/** A name that no zone has yet. */
export function freeName(shapes: readonly Shape[]): string {
  for (let number = 1; ; number++) {
    if (!shapes.some(({ name }) => name === `zone_${number}`)) return `zone_${number}`;
  }
}
