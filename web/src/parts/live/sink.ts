/** Plays fragments as they come, by Media Source Extensions. */
import type { StreamShape } from "@/api/liveStream";
import { type Span, steer } from "./steering";

type Task = { kind: "begin"; mediaType: string } | { kind: "append"; bytes: ArrayBuffer };

/** Safari on phones has only its own, which otherwise is the same. */
function sourceClass(): typeof MediaSource | undefined {
  const scope = globalThis as { ManagedMediaSource?: typeof MediaSource };
  return scope.ManagedMediaSource ?? globalThis.MediaSource;
}

/** How a stream is named to the browser. */
export const mediaTypeOf = (shape: StreamShape) => `video/mp4; codecs="${shape.codecs}"`;

/** Whether this browser can play a stream. */
export function canPlay(shape: StreamShape): boolean {
  return sourceClass()?.isTypeSupported(mediaTypeOf(shape)) ?? false;
}

export class Sink {
  private readonly tasks: Task[] = [];
  private readonly source: MediaSource;
  private readonly address: string;
  private buffer: SourceBuffer | null = null;

  /** `failed` is called when the browser gives up on what came. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly failed: () => void,
  ) {
    const Source = sourceClass();
    if (Source === undefined) throw new Error("This browser has no Media Source Extensions");
    this.source = new Source();
    this.source.addEventListener("sourceopen", () => this.work());
    video.addEventListener("error", failed);
    video.disableRemotePlayback = true; // what Safari on phones asks for
    this.address = URL.createObjectURL(this.source);
    video.src = this.address;
  }

  /** The next bytes are an init segment of this kind; what came before is over. */
  begin(shape: StreamShape): void {
    this.tasks.length = 0;
    this.tasks.push({ kind: "begin", mediaType: mediaTypeOf(shape) });
    this.work();
  }

  append(bytes: ArrayBuffer): void {
    this.tasks.push({ kind: "append", bytes });
    this.work();
  }

  close(): void {
    this.tasks.length = 0;
    this.video.removeEventListener("error", this.failed);
    this.video.removeAttribute("src");
    this.video.load();
    URL.revokeObjectURL(this.address);
  }

  private work(): void {
    if (this.source.readyState !== "open" || this.buffer?.updating) return;
    const task = this.tasks.shift();
    try {
      if (task === undefined) this.follow();
      else if (task.kind === "begin") this.prepare(task.mediaType);
      else this.buffer?.appendBuffer(task.bytes);
    } catch {
      this.failed(); // the buffer is full, or the browser has closed it
    }
  }

  private prepare(mediaType: string): void {
    if (this.buffer === null) {
      this.buffer = this.source.addSourceBuffer(mediaType);
      this.buffer.addEventListener("updateend", () => this.work());
      this.work();
      return;
    }
    this.buffer.abort();
    this.buffer.changeType(mediaType);
    this.buffer.remove(0, Number.POSITIVE_INFINITY); // its clock may begin anew
  }

  private follow(): void {
    const spans = spansOf(this.video.buffered);
    const { seekTo_s, rate, forgetUntil_s } = steer(
      spans,
      this.video.currentTime,
      this.video.playbackRate,
    );
    if (seekTo_s !== null) this.video.currentTime = seekTo_s;
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate;
    if (this.video.paused && spans.length > 0) void this.video.play().catch(() => {});
    if (forgetUntil_s !== null) this.buffer?.remove(0, forgetUntil_s);
  }
}

function spansOf(ranges: TimeRanges): Span[] {
  return Array.from({ length: ranges.length }, (_, index) => ({
    start_s: ranges.start(index),
    end_s: ranges.end(index),
  }));
}
