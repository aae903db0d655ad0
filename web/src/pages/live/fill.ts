/** Fills the screen with what is seen. */

/** Safari on phones gives the screen to a video only, and by a name of its own. */
interface PhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

/** Whether this browser can do it at all. */
export const canFillScreen = (): boolean =>
  document.fullscreenEnabled || "webkitEnterFullscreen" in HTMLVideoElement.prototype;

/** Fill the screen with a place, or with its video where only that can; false when it is refused. */
export async function fillScreen(place: HTMLElement): Promise<boolean> {
  try {
    if (document.fullscreenEnabled) await place.requestFullscreen();
    else place.querySelector<PhoneVideo>("video")?.webkitEnterFullscreen?.();
    return true;
  } catch {
    return false; // the browser's settings forbid it, or the video has no picture yet
  }
}
