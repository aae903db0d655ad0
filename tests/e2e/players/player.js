// Plays a playlist with hls.js and tells which numbered frame is on the screen.

window.player = {
  /** Begin with a playlist; resolves with the length in seconds when the first frame is there. */
  async start(url) {
    this.video = document.createElement("video");
    this.video.muted = true;
    document.body.replaceChildren(this.video);
    this.faults = [];
    this.hls = new Hls({ maxBufferLength: 20 });
    this.hls.on(Hls.Events.ERROR, (_, fault) => {
      // A seek gives up what is being loaded: no fault of anybody.
      if (fault.details === Hls.ErrorDetails.INTERNAL_ABORTED) return;
      this.faults.push(`${fault.fatal ? "fatal " : ""}${fault.type} ${fault.details}`);
    });
    const hasFrame = this.event("loadeddata");
    this.hls.loadSource(url);
    this.hls.attachMedia(this.video);
    await hasFrame;
    return this.video.duration;
  },

  /** Go to a position and resolve when its frame is there. */
  async seek(position) {
    const isThere = this.event("seeked");
    this.video.currentTime = position;
    await isThere;
  },

  /** Play until the position is passed, then pause. */
  async playPast(position) {
    await this.video.play();
    while (this.video.currentTime < position) await this.event("timeupdate");
    this.video.pause();
  },

  /** Position, wall time (Unix seconds) and the number that the bars of the frame spell. */
  shown(bits) {
    const canvas = new OffscreenCanvas(this.video.videoWidth, this.video.videoHeight);
    const context = canvas.getContext("2d");
    context.drawImage(this.video, 0, 0);
    const bar = canvas.width / bits;
    let frame = 0;
    for (let bit = 0; bit < bits; bit++) {
      const [red] = context.getImageData((bit + 0.5) * bar, canvas.height / 2, 1, 1).data;
      if (red > 128) frame += 2 ** bit;
    }
    const time = this.hls.playingDate.getTime() / 1000;
    return { frame, time, position: this.video.currentTime };
  },

  /** Resolves with the next event of this name; rejects with what hls.js complained about. */
  event(name) {
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`no ${name} within 20 s; hls.js: ${this.faults}`));
      const timer = setTimeout(late, 20_000);
      const done = () => (clearTimeout(timer), resolve());
      this.video.addEventListener(name, done, { once: true });
    });
  },
};
