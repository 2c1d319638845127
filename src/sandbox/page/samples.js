// Files for visitors who have none at hand: pictures that are drawn here, a text, a voice message without a sound.

import { say } from "./language.js";

const SIZE = { width: 640, height: 420 };
const SKIES = ["#7fb2dc", "#8fa7c4", "#d7a46b"];

function photo(number) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, SIZE);
  const brush = canvas.getContext("2d");
  const fill = (colour, ...place) => {
    brush.fillStyle = colour;
    brush.fillRect(...place);
  };
  fill(SKIES[(number - 1) % SKIES.length], 0, 0, SIZE.width, SIZE.height);
  fill("#5f7d58", 0, 320, SIZE.width, 100);
  for (let house = 0; house < 4; house += 1) {
    const height = 90 + ((house * 53 + number * 37) % 120);
    fill("#eef1f3", 60 + house * 140, 320 - height, 100, height);
    for (let window = 0; window < 6; window += 1) {
      fill("#5d7690", 76 + house * 140 + (window % 2) * 44, 334 - height + Math.floor(window / 2) * 28, 24, 16);
    }
  }
  brush.fillStyle = "#ffffff";
  brush.font = "28px sans-serif";
  brush.fillText(`现场照片 ${number}`, 24, 396);
  const named = (blob) => new File([blob], `现场照片${number}.png`, { type: "image/png" });
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(named(blob)), "image/png"));
}

/** What is offered: the label, and what makes the files. */
export const samples = [
  [say("示例照片", "A sample photo"), () => Promise.all([photo(1)])],
  [say("示例相册（3张照片）", "A sample album (3 photos)"), () => Promise.all([1, 2, 3].map(photo))],
  [say("示例文件", "A sample file"), async () => [new File(["试运行情况说明（示例）"], "试运行情况说明.txt", { type: "text/plain" })]],
  [say("示例语音", "A sample voice message"), async () => [new File(["OggS"], "voice.ogg", { type: "audio/ogg" })]],
];
