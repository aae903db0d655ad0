import { expect, test } from "vitest";
import { keysAt, type Schema, tellAt, valuesAt } from "./schema";

const SCHEMA: Schema = {
  $defs: {
    Camera: {
      properties: {
        motion: { $ref: "#/$defs/Motion", description: "Movement." },
        inputs: { type: "array", items: { properties: { roles: { enum: ["detect", "record"] } } } },
      },
    },
    Motion: {
      properties: {
        enabled: { type: "boolean", default: true, description: "Whether it is looked for." },
        threshold: { type: "integer", minimum: 1, maximum: 255, unit: "luma" },
        mode: { anyOf: [{ enum: ["all", "none"] }, { type: "boolean" }] },
      },
    },
  },
  properties: { cameras: { additionalProperties: { $ref: "#/$defs/Camera" } } },
};
const MOTION = ["cameras", "front", "motion"];

test("keys are those of the section, through references and names that are the user's", () => {
  expect(keysAt(SCHEMA, MOTION).map(({ label }) => label)).toEqual([
    "enabled",
    "threshold",
    "mode",
  ]);
  expect(keysAt(SCHEMA, [])).toEqual([
    { label: "cameras", detail: "", info: "", hasChildren: true },
  ]);
  expect(keysAt(SCHEMA, ["nowhere"])).toEqual([]);
});

test("values are offered where there are few", () => {
  expect(valuesAt(SCHEMA, [...MOTION, "enabled"])).toEqual(["true", "false"]);
  expect(valuesAt(SCHEMA, [...MOTION, "mode"])).toEqual(["all", "none", "true", "false"]);
  expect(valuesAt(SCHEMA, ["cameras", "front", "inputs", "-", "roles"])).toEqual([
    "detect",
    "record",
  ]);
  expect(valuesAt(SCHEMA, [...MOTION, "threshold"])).toEqual([]);
});

test("what is told has bounds and default", () => {
  expect(tellAt(SCHEMA, [...MOTION, "enabled"])).toBe("Whether it is looked for. (= true)");
  expect(tellAt(SCHEMA, [...MOTION, "threshold"])).toBe("(luma, ≥ 1, ≤ 255)");
  expect(tellAt(SCHEMA, MOTION)).toBe("Movement.");
  expect(tellAt(SCHEMA, ["pond"])).toBe("");
});
