/** The page Settings. */
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";

export function SettingsPage() {
  return <PageHeader title={say("settings.title")} />;
}
