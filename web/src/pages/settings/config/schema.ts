/** What the schema of the configuration says about a place in the file. */

export interface Schema {
  $ref?: string;
  $defs?: Readonly<Record<string, Schema>>;
  type?: string | readonly string[];
  description?: string;
  default?: unknown;
  unit?: string;
  minimum?: number;
  maximum?: number;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
}

/** Keys of mappings; `-` is an item of a list. */
export type Path = readonly string[];

export interface Offer {
  label: string;
  detail: string; // such as its default
  info: string;
  hasChildren: boolean;
}

/** Every form that a schema allows, references followed. */
function formsOf(schema: Schema, root: Schema): Schema[] {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.split("/").at(-1) ?? ""];
    return target ? formsOf(target, root) : [];
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...parts.flatMap((part) => formsOf(part, root))];
}

function below(schema: Schema, name: string): Schema[] {
  if (name === "-") return schema.items ? [schema.items] : [];
  const known = schema.properties?.[name];
  if (known) return [known];
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

/** The schemas of a place as they are referred to: with the words said there. */
function referredAt(root: Schema, path: Path): Schema[] {
  let here: Schema[] = [root];
  for (const name of path) {
    here = here.flatMap((each) => formsOf(each, root)).flatMap((form) => below(form, name));
  }
  return here;
}

/** The keys that may stand at a place, in the schema's order. */
export function keysAt(root: Schema, path: Path): Offer[] {
  const forms = referredAt(root, path).flatMap((each) => formsOf(each, root));
  const offers = new Map<string, Offer>();
  for (const form of forms) {
    for (const [label, schema] of Object.entries(form.properties ?? {})) {
      if (!offers.has(label)) offers.set(label, offerOf(label, schema, root));
    }
  }
  return [...offers.values()];
}

function offerOf(label: string, schema: Schema, root: Schema): Offer {
  const isSection = ({ properties, additionalProperties, items }: Schema) =>
    properties !== undefined || typeof additionalProperties === "object" || items !== undefined;
  return {
    label,
    detail: schema.default === undefined ? "" : JSON.stringify(schema.default),
    info: tellOf(schema, root),
    hasChildren: formsOf(schema, root).some(isSection),
  };
}

/** The values that may stand at a place, where there are few. */
export function valuesAt(root: Schema, path: Path): string[] {
  const forms = referredAt(root, path).flatMap((each) => formsOf(each, root));
  const values = forms.flatMap((form) => {
    if (form.enum) return form.enum.map(String);
    if (form.const !== undefined) return [String(form.const)];
    return form.type === "boolean" ? ["true", "false"] : [];
  });
  return [...new Set(values)];
}

/** What is said about a place; empty for what the schema does not know. */
export function tellAt(root: Schema, path: Path): string {
  const [schema] = referredAt(root, path);
  return schema && path.length > 0 ? tellOf(schema, root) : "";
}

function tellOf(schema: Schema, root: Schema): string {
  const forms = formsOf(schema, root);
  const said =
    schema.description ?? forms.find(({ description }) => description)?.description ?? "";
  const { minimum, maximum } = forms.find(({ minimum, maximum }) => minimum ?? maximum) ?? {};
  const bounds = [
    schema.unit,
    minimum !== undefined ? `≥ ${minimum}` : undefined,
    maximum !== undefined ? `≤ ${maximum}` : undefined,
    isSimple(schema.default) ? `= ${JSON.stringify(schema.default)}` : undefined,
  ].filter((each) => each !== undefined);
  return bounds.length > 0 ? `${said} (${bounds.join(", ")})`.trim() : said;
}

const isSimple = (value: unknown) => ["number", "boolean", "string"].includes(typeof value);
