// @ts-check
// The people of the call are drawn, because there is no camera; one of them hums. With ?frames=8 in the address they are
// drawn less often, for a machine that has much else to do.

const framesPerSecond = Number(new URLSearchParams(location.search).get('frames') ?? 30);

/**
 * A stream of what `draw` paints, at most `framesPerSecond` times a second.
 * @param {number} width
 * @param {number} height
 * @param {(brush: CanvasRenderingContext2D, seconds: number) => void} draw
 */
function painted(width, height, draw) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const brush = canvas.getContext('2d');
  if (!brush) throw new Error('the browser has no 2d canvas');
  const stream = canvas.captureStream();
  const [track] = stream.getVideoTracks();
  let due = 0;
  /** @param {number} now */
  const frame = (now) => {
    if (track.readyState === 'ended') return;
    requestAnimationFrame(frame);
    if (now < due) return;
    // Screen frames never fit exactly, so half a frame early is on time.
    due = now + 1000 / framesPerSecond - 8;
    draw(brush, now / 1000);
  };
  frame(performance.now());
  return stream;
}

const books = [
  { x: 1030, height: 90, colour: '#7a6a58' },
  { x: 1062, height: 110, colour: '#5d6f6d' },
  { x: 1096, height: 84, colour: '#8a5f4a' },
  { x: 1130, height: 102, colour: '#6b7468' },
];

/** The other person, who listens, breathes, blinks, and nods now and then. Drawn on 1280 by 720, sent at 960 by 540. */
export function personStream() {
  return painted(960, 540, (brush, t) => {
    brush.setTransform(0.75, 0, 0, 0.75, 0, 0);
    const wall = brush.createLinearGradient(0, 0, 1280, 720);
    wall.addColorStop(0, '#9aa39d');
    wall.addColorStop(1, '#56605f');
    fill(brush, wall, () => brush.rect(0, 0, 1280, 720));
    // A window with daylight, and the edge of a shelf.
    fill(brush, '#cdd3cc', () => brush.roundRect(70, 60, 240, 340, 6));
    fill(brush, '#56605f', () => { brush.rect(184, 60, 8, 340); brush.rect(70, 220, 240, 8); });
    fill(brush, '#6d5c4c', () => brush.rect(1000, 250, 280, 14));
    for (const { x, height, colour } of books) fill(brush, colour, () => brush.rect(x, 250 - height, 26, height));

    const breath = Math.sin(t * 1.4) * 4;
    const nod = Math.max(0, Math.sin(t * 0.7)) ** 12 * Math.sin(t * 9) * 9;
    const sway = Math.sin(t * 0.45) * 10;
    fill(brush, '#3e5159', () => brush.ellipse(640 + sway * 0.4, 800 - breath, 330, 300, 0, 0, 7));
    fill(brush, '#b98f72', () => brush.roundRect(590 + sway * 0.7, 430, 100, 120, 40));
    brush.save();
    brush.translate(640 + sway, 320 + nod - breath * 0.5);
    brush.rotate(sway / 400);
    fill(brush, '#4a3a30', () => brush.ellipse(0, -36, 146, 166, 0, 0, 7));
    const skin = brush.createRadialGradient(-30, -30, 30, 0, 0, 190);
    skin.addColorStop(0, '#dcb89b');
    skin.addColorStop(1, '#b88f70');
    fill(brush, skin, () => brush.ellipse(0, 10, 122, 158, 0, 0, 7));
    const open = t % 4.3 < 0.14 ? 1.5 : 8;
    for (const x of [-46, 46]) {
      fill(brush, '#3b2f28', () => brush.ellipse(x, -10, 10, open, 0, 0, 7));
      fill(brush, '#4a3a30', () => brush.ellipse(x, -38 - nod * 0.2, 24, 8, 0, Math.PI, 0));
    }
    fill(brush, '#a97f63', () => brush.ellipse(0, 36, 12, 20, 0, 0, 7));
    const talking = Math.max(0, Math.sin(t * 0.33)) * Math.abs(Math.sin(t * 7.3)) * 9;
    fill(brush, '#8d4f47', () => brush.ellipse(0, 86, 34, 9 + talking, 0, 0, Math.PI));
    brush.restore();
  });
}

/** The user, small and plain. */
export function selfStream() {
  return painted(320, 180, (brush, t) => {
    const sway = Math.sin(t * 0.6) * 4;
    fill(brush, '#5b6468', () => brush.rect(0, 0, 320, 180));
    fill(brush, '#6d4f46', () => brush.ellipse(160 + sway, 200, 90, 74, 0, 0, 7));
    fill(brush, '#c9a387', () => brush.ellipse(160 + sway, 84, 36, 46, 0, 0, 7));
    fill(brush, '#8f8a82', () => brush.ellipse(160 + sway, 54, 36, 22, 0, 0, 7));
  });
}

/**
 * @param {CanvasRenderingContext2D} brush
 * @param {string | CanvasGradient} paint
 * @param {() => void} shape
 */
function fill(brush, paint, shape) {
  brush.fillStyle = paint;
  brush.beginPath();
  shape();
  brush.fill();
}

/**
 * A low hum that swells and fades like slow speech; `loudness` 0 is silence.
 * @param {AudioContext} sound
 * @param {number} loudness from 0 to 1
 */
export function toneTrack(sound, loudness) {
  const hum = new OscillatorNode(sound, { frequency: 140, type: 'triangle' });
  const swell = new OscillatorNode(sound, { frequency: 0.4 });
  const depth = new GainNode(sound, { gain: loudness / 2 });
  const volume = new GainNode(sound, { gain: loudness });
  const out = new MediaStreamAudioDestinationNode(sound);
  swell.connect(depth).connect(volume.gain);
  hum.connect(volume).connect(out);
  hum.start();
  swell.start();
  return out.stream.getAudioTracks()[0];
}
