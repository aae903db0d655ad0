/** The page Exports. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function ExportsPage() {
  return <PageHeader title={say("exports.title")} />;
}
