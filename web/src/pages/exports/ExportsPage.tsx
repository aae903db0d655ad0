/** The page Exports: footage that was saved as files, and what is being saved. */
import { useQuery } from "@tanstack/react-query";
import { FileVideo } from "lucide-react";
import { Link } from "wouter";
import { exportsQuery } from "@/api/exports";
import { Await } from "@/parts/Await";
import { LinkButton } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";
import { ExportCard } from "./ExportCard";
import styles from "./Exports.module.css";
import { useExports } from "./useExports";

export function ExportsPage() {
  const exports = useQuery(exportsQuery);
  const { hidden, ...deeds } = useExports();
  return (
    <>
      <PageHeader title={say("exports.title")} />
      <Await query={exports}>
        {(all) => {
          const rows = all.filter(({ id, state }) => !hidden.has(id) && state !== "cancelled");
          if (rows.length === 0) return <NoExports />;
          return (
            <ul className={styles.list} aria-label={say("exports.list")}>
              {rows.map((row) => (
                <ExportCard key={row.id} row={row} {...deeds} />
              ))}
            </ul>
          );
        }}
      </Await>
    </>
  );
}

function NoExports() {
  return (
    <EmptyState
      Icon={FileVideo}
      title={say("exports.none")}
      hint={say("exports.noneHint")}
      action={
        <Link href="/recordings" asChild>
          <LinkButton>{say("exports.choose")}</LinkButton>
        </Link>
      }
    />
  );
}
