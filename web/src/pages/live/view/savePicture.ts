/** Saves what is seen as a file. */

const SAVED_MS = 60_000; // some browsers read what is saved only after the click

/** A file name that sorts by time: "street 2026-11-26 14-05-09.jpg". */
export function pictureName(camera: string, time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
  return `${camera} ${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(":", "-")}.jpg`;
}

/** Download what is seen: the moving picture in its own size, else the newest still one. */
export async function savePicture(
  video: HTMLVideoElement | null,
  still: string,
  camera: string,
): Promise<void> {
  const link = document.createElement("a");
  link.download = pictureName(camera, new Date());
  const blob = video && (await pictureOf(video));
  link.href = blob ? URL.createObjectURL(blob) : still;
  link.click();
  if (blob) setTimeout(() => URL.revokeObjectURL(link.href), SAVED_MS);
}

/** The frame that is shown as a JPEG; null while there is none. */
async function pictureOf(video: HTMLVideoElement): Promise<Blob | null> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
}
