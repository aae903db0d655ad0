/** The page Live: all cameras, all in one picture, or one of them. */
import { Route, Switch } from "wouter";
import { BIRDSEYE } from "@/api/config";
import { BirdseyeView } from "./birdseye/BirdseyeView";
import { CameraGrid } from "./grid/CameraGrid";
import { CameraView } from "./view/CameraView";

export function LivePage() {
  return (
    <Switch>
      <Route path={`/live/${BIRDSEYE}`}>
        <BirdseyeView />
      </Route>
      <Route path="/live/:camera">
        {({ camera }) => <CameraView key={camera} name={camera} />}
      </Route>
      <Route>
        <CameraGrid />
      </Route>
    </Switch>
  );
}
