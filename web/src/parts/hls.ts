/** Plays a playlist in a video element: by itself where the browser can, else through hls.js. */

export interface Playing {
  stop: () => void;
}

interface Wish {
  source: string; // an address that ends in .m3u8, before any query, or any video file
  startAt_s: number | null;
  failed: (reason: string) => void;
}

const isPlaylist = (source: string) => new URL(source, location.href).pathname.endsWith(".m3u8");

/** Begin to load; playing is the element's own affair. */
export function attach(video: HTMLVideoElement, wish: Wish): Playing {
  if (isPlaylist(wish.source) && !video.canPlayType("application/vnd.apple.mpegurl")) {
    return attachHls(video, wish);
  }
  const fail = () => wish.failed(video.error?.message || String(video.error?.code ?? ""));
  video.addEventListener("error", fail);
  video.src = wish.source;
  if (wish.startAt_s !== null) video.currentTime = wish.startAt_s;
  return {
    stop: () => {
      video.removeEventListener("error", fail);
      video.removeAttribute("src");
      video.load();
    },
  };
}

function attachHls(video: HTMLVideoElement, wish: Wish): Playing {
  let isStopped = false;
  let end = () => {};
  void import("hls.js").then(({ default: Hls }) => {
    if (isStopped) return;
    const hls = new Hls({ startPosition: wish.startAt_s ?? -1, maxBufferLength: 30 });
    let recoveries = 0;
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR && recoveries++ < 2) hls.recoverMediaError();
      else wish.failed(error.error.message);
    });
    hls.loadSource(wish.source);
    hls.attachMedia(video);
    end = () => hls.destroy();
  });
  return {
    stop: () => {
      isStopped = true;
      end();
    },
  };
}
