import { expect, test } from "vitest";
import { cameBack } from "./comeBack";

function aLink() {
  let [isUp, changed] = [true, () => {}];
  return {
    link: () => ({ isUp }),
    listenToLink: (heard: () => void) => {
      changed = heard;
      return () => {};
    },
    become: (state: boolean) => {
      isUp = state;
      changed();
    },
  };
}

test("it is back once the connection was lost and is there again", async () => {
  const link = aLink();
  const back = cameBack(10_000, link);
  link.become(false);
  link.become(true);
  expect(await back).toBe(true);
});

test("who never comes back is not waited for without end", async () => {
  const link = aLink();
  const back = cameBack(1, link);
  link.become(false);
  expect(await back).toBe(false);
});
