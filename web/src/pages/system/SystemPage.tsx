/** The page System. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function SystemPage() {
  return <PageHeader title={say("system.title")} />;
}
