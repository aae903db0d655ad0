/** Over the place of a picture: that the camera is silent, why, and since when. */
import { VideoOff } from "lucide-react";
import { moment } from "@/time/format";
import { say } from "@/words";
import styles from "./OfflineNotice.module.css";

export function OfflineNotice({ reason, sinceTime }: { reason: string; sinceTime: number }) {
  const time = moment(sinceTime, Date.now() / 1000);
  return (
    <div role="status" className={styles.notice}>
      <VideoOff aria-hidden size={28} />
      <p className={styles.title}>{say("camera.offline", { time })}</p>
      {reason !== "" && <p className={styles.reason}>{reason}</p>}
    </div>
  );
}
