/** How a text of the catalogue becomes what is shown. */

/** Forms of a text that counts: by Intl.PluralRules' names. */
export type Counted = { one?: string; other: string };
export type Text = string | Counted;

type Names<S> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;

/** The names in braces that a text wants to be told; a text that counts wants `count`. */
export type Wanted<T extends Text> = T extends string
  ? Names<T>
  : T extends Counted
    ? "count" | Names<T["other"]>
    : never;

/** Fill in names; a number is written as the language writes it. */
export function fill(
  text: Text,
  values: Readonly<Record<string, string | number>>,
  language: string,
): string {
  const form =
    typeof text === "string" ? text : chooseForm(text, Number(values["count"]), language);
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language) : (value ?? "");
  });
}

function chooseForm(text: Counted, count: number, language: string): string {
  const form = new Intl.PluralRules(language).select(count);
  return (form === "one" ? text.one : undefined) ?? text.other;
}
