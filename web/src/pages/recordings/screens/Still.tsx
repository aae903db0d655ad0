/** A small picture of a recording; the last one stays until the next has come. */
import { useState } from "react";
import { addressOf } from "@/api/routes";

interface StillProps {
  camera: string;
  time: number;
  height_px: number;
  label: string;
  className?: string | undefined;
}

/** Asks for one picture at a time, so that a slow line shows fewer and not later ones. */
export function Still({ camera, time, height_px, label, className }: StillProps) {
  const route = "/api/{camera}/preview/{frame_time}.jpg";
  const wanted = addressOf(route, { camera, frame_time: Math.floor(time), h: height_px });
  const [asked, setAsked] = useState(wanted);
  const [isAnswered, setIsAnswered] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  if (isAnswered && asked !== wanted) {
    setAsked(wanted);
    setIsAnswered(false);
  }
  const answered = (isGood: boolean) => {
    setIsBroken(!isGood);
    setIsAnswered(true);
  };
  return (
    <img
      src={asked}
      alt={label}
      className={className}
      hidden={isBroken}
      onLoad={() => answered(true)}
      onError={() => answered(false)}
    />
  );
}
