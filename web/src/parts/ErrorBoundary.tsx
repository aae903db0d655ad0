/** Keeps a fault of one page from taking the navigation with it. */
import { RotateCw, TriangleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { say } from "@/words";
import { Button } from "./Button";
import { EmptyState } from "./EmptyState";

export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const reload = (
      <Button Icon={RotateCw} onClick={() => location.reload()}>
        {say("action.reload")}
      </Button>
    );
    return (
      <EmptyState
        title={say("error.title")}
        hint={say("error.crashed")}
        Icon={TriangleAlert}
        action={reload}
      />
    );
  }
}
