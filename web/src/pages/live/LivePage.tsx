/** The page Live. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function LivePage() {
  return <PageHeader title={say("live.title")} />;
}
