/** The page Live: all cameras, or one of them. */
import { Route, Switch } from "wouter";
import { CameraGrid } from "./grid/CameraGrid";
import { CameraView } from "./view/CameraView";

export function LivePage() {
  return (
    <Switch>
      <Route path="/live/:camera">
        {({ camera }) => <CameraView key={camera} name={camera} />}
      </Route>
      <Route>
        <CameraGrid />
      </Route>
    </Switch>
  );
}
