import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "./Dialog";

function Page() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Open
      </button>
      <Dialog title="Delete?" isOpen={isOpen} close={() => setIsOpen(false)}>
        <p>For good.</p>
      </Dialog>
    </>
  );
}

test("it is named, and Escape closes it and gives the focus back", async () => {
  render(<Page />);
  const opener = screen.getByRole("button", { name: "Open" });
  await userEvent.click(opener);
  expect(screen.getByRole("dialog", { name: "Delete?" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(opener).toHaveFocus();
});

test("no style element is written, which the content security policy would refuse", async () => {
  const before = document.querySelectorAll("style").length;
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  expect(document.querySelectorAll("style").length).toBe(before);
});
