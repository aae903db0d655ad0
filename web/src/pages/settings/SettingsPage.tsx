/** The page Settings: cameras, masks and zones, the configuration file, this device. */
import { Redirect, Route, Switch } from "wouter";
import { PageHeader } from "@/parts/PageHeader";
import { say } from "@/words";
import { AddCamera } from "./add/AddCamera";
import { CamerasPage } from "./cameras/CamerasPage";
import { MotionPage } from "./cameras/MotionPage";
import { ConfigEditor } from "./config/ConfigEditor";
import { DevicePage } from "./device/DevicePage";
import { Sections } from "./Sections";
import { ShapesPage } from "./shapes/ShapesPage";

export function SettingsPage() {
  return (
    <>
      <PageHeader title={say("settings.title")} />
      <Sections />
      <Switch>
        <Route path="/settings/config">
          <ConfigEditor />
        </Route>
        <Route path="/settings/cameras">
          <CamerasPage />
        </Route>
        <Route path="/settings/motion/:camera?">
          {({ camera }) => <MotionPage camera={camera} />}
        </Route>
        <Route path="/settings/shapes/:camera?">
          {({ camera }) => <ShapesPage camera={camera} />}
        </Route>
        <Route path="/settings/add-camera">
          <AddCamera />
        </Route>
        <Route path="/settings/device">
          <DevicePage />
        </Route>
        <Route>
          <Redirect to="/settings/cameras" replace />
        </Route>
      </Switch>
    </>
  );
}
