/** Which picture a video shows, as exactly as the browser tells. */

/** Tell the media time of each picture as it is shown, until what comes back is called. */
export function followPictures(
  video: HTMLVideoElement,
  tell: (media_s: number) => void,
): () => void {
  if ("requestVideoFrameCallback" in video) {
    let request = 0;
    const next = (_: number, { mediaTime }: VideoFrameCallbackMetadata) => {
      tell(mediaTime);
      request = video.requestVideoFrameCallback(next);
    };
    request = video.requestVideoFrameCallback(next);
    return () => video.cancelVideoFrameCallback(request);
  }
  return followPosition(video, tell);
}

/** Where a browser does not tell of pictures: up to one picture ahead of what is shown. */
function followPosition(
  video: { readonly currentTime: number },
  tell: (media_s: number) => void,
): () => void {
  let request = 0;
  const next = () => {
    tell(video.currentTime);
    request = requestAnimationFrame(next);
  };
  request = requestAnimationFrame(next);
  return () => cancelAnimationFrame(request);
}
