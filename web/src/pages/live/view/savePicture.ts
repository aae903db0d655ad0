/** Saves what is seen as a file. */

/** A file name that sorts by time: "street 2026-11-26 14-05-09.jpg". */
export function pictureName(camera: string, time: Date): string {
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString();
  return `${camera} ${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(":", "-")}.jpg`;
}

/** Download the moving picture in its own size, else the still one; false when there is none. */
export async function savePicture(stage: HTMLElement, camera: string): Promise<boolean> {
  const video = stage.querySelector("video");
  const image = stage.querySelector("img");
  const isMoving = video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  const picture = isMoving ? video : image;
  if (picture === null) return false;
  const canvas = document.createElement("canvas");
  canvas.width = isMoving ? video.videoWidth : (image?.naturalWidth ?? 0);
  canvas.height = isMoving ? video.videoHeight : (image?.naturalHeight ?? 0);
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  if (blob === null) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = pictureName(camera, new Date());
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}
