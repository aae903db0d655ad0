import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { isWithin, Shell } from "./Shell";

test("every page is in the navigation, and the one shown is marked", () => {
  const { hook } = memoryLocation({ path: "/live/yard" });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Router hook={hook}>
        <Shell>content</Shell>
      </Router>
    </QueryClientProvider>,
  );
  const links = within(screen.getByRole("navigation")).getAllByRole("link");
  const names = ["Live", "Events", "Recordings", "Exports", "System", "Settings"];
  expect(links.map((link) => link.textContent)).toEqual(names);
  const marked = links.filter((link) => link.getAttribute("aria-current") === "page");
  expect(marked.map((link) => link.textContent)).toEqual(["Live"]);
});

test("a page owns what lies below its path, not what begins alike", () => {
  expect(isWithin("/live/yard", "/live")).toBe(true);
  expect(isWithin("/lively", "/live")).toBe(false);
});
