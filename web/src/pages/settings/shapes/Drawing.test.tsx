import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Camera } from "@/api/config";
import { Drawing } from "./Drawing";
import { type Shape, USUAL_INERTIA } from "./shapes";

const CAMERA = {
  name: "front",
  detect: { width: 640, height: 360 },
  objects: { track: ["person", "car"] },
} as unknown as Camera;

const YARD: Shape = {
  id: "zone/yard/0",
  kind: "zone",
  name: "yard",
  label: "",
  corners: [
    [0.1, 0.1],
    [0.5, 0.1],
    [0.5, 0.5],
    [0.1, 0.5],
  ],
  objects: [],
  inertia: USUAL_INERTIA,
};

let camera = CAMERA;

beforeEach(() => {
  camera = { ...CAMERA, name: `${camera.name}x` }; // one that no other test has drafts of
});

function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Drawing camera={camera} saved={[YARD]} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const save = () => screen.getByRole("button", { name: "Save" });
const corners = () => screen.queryAllByRole("button", { name: /^Corner \d of/ });

test("nothing can be saved before something is changed, and after it is taken back", async () => {
  const user = show();
  expect(save()).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "yard" }));
  await user.click(screen.getByLabelText("Car"));
  expect(save()).toBeEnabled();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(save()).toBeDisabled();
  expect(screen.getByLabelText("Car")).not.toBeChecked();
});

test("what was not saved is there again after another page", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "yard" }));
  await user.click(screen.getByRole("button", { name: "Remove" }));
  cleanup();
  show();
  expect(screen.queryByRole("button", { name: "yard" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.getByRole("button", { name: "yard" })).toBeVisible();
});

test("corners are added and taken away by keyboard, three stay", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "yard" }));
  await user.click(screen.getByRole("button", { name: "Add a corner behind corner 4" }));
  expect(corners()).toHaveLength(5);
  for (let round = 0; round < 4; round++) {
    corners()[0]?.focus();
    await user.keyboard("{Delete}");
  }
  expect(corners()).toHaveLength(3);
});

test("a saved zone gets another name, and it is told what keeps the old one", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "yard" }));
  const name = screen.getByRole("textbox", { name: "Name" });
  expect(name).not.toHaveAccessibleDescription();
  await user.type(name, " 2");
  expect(name).toHaveValue("yard_2");
  expect(name).toHaveAccessibleDescription("Events so far keep the name yard.");
  expect(save()).toBeEnabled();
  await user.clear(name);
  expect(save()).toBeDisabled();
  await user.type(name, "yard");
  expect(screen.queryByText(/keep the name/)).toBeNull();
  expect(save()).toBeDisabled();
});

test("a new zone may not take the name of another, and has none to keep", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Draw a zone" }));
  await user.keyboard("{Enter}");
  const name = screen.getByRole("textbox", { name: "Name" });
  await user.clear(name);
  await user.type(name, "yard");
  expect(name).not.toHaveAccessibleDescription();
  expect(screen.getByRole("alert")).toHaveTextContent("Two zones have the same name.");
  expect(save()).toBeDisabled();
});

test("what is begun can be given up, what is there can be removed", async () => {
  const user = show();
  await user.click(screen.getByRole("button", { name: "Draw an object mask" }));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: /Set a corner/ })).toBeNull();
  await user.click(screen.getByRole("button", { name: "yard" }));
  await user.click(screen.getByRole("button", { name: "Remove" }));
  const zones = screen.getByRole("region", { name: "Zones" });
  expect(within(zones).queryByRole("button", { name: "yard" })).toBeNull();
  expect(save()).toBeEnabled();
});
