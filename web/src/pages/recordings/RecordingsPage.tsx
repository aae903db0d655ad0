/** The page Recordings. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function RecordingsPage() {
  return <PageHeader title={say("recordings.title")} />;
}
