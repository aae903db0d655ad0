/** The configuration file and what may stand in it. */
import { queryOptions } from "@tanstack/react-query";
import { orThrow } from "@/api/answer";
import { readFile } from "@/api/changeConfig";
import { getJson } from "@/api/client";
import type { Schema } from "./schema";

export interface ConfigFile {
  text: string;
  schema: Schema;
}

/** Asked once: what is being written must not be replaced under the hands of who writes it. */
export const fileQuery = queryOptions({
  queryKey: ["config file"],
  queryFn: async ({ signal }): Promise<ConfigFile> => {
    const [text, schema] = await Promise.all([
      readFile(signal),
      getJson<Schema>("/api/config/schema.json", signal),
    ]);
    return { text: orThrow(text), schema: orThrow(schema) };
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
});
