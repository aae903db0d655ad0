/** The page Events. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function EventsPage() {
  return <PageHeader title={say("events.title")} />;
}
