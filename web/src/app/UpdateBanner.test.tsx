import { act, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { UpdateBanner } from "./UpdateBanner";

class FakeWorkers extends EventTarget {
  registered: string[] = [];

  constructor(readonly controller: unknown) {
    super();
  }

  async register(address: string): Promise<void> {
    this.registered.push(address);
  }
}

function afterChange(controller: unknown): FakeWorkers {
  const workers = new FakeWorkers(controller);
  render(<UpdateBanner workers={workers} />);
  act(() => {
    workers.dispatchEvent(new Event("controllerchange"));
  });
  return workers;
}

test("a newer page is told, with the way to it", () => {
  expect(afterChange({}).registered).toEqual(["/sw.js"]);
  expect(screen.getByRole("status")).toHaveTextContent("A newer version");
  expect(screen.getByRole("button", { name: "Reload the page" })).toBeVisible();
});

test("the first worker is no newer page", () => {
  afterChange(null);
  expect(screen.queryByRole("status")).toBeNull();
});
