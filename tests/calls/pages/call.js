// @ts-check
// A video call of two people in one page: two peer connections, joined here instead of through a server. The large
// video was encoded, sent over a socket and decoded, as in any call.
import { personStream, selfStream, toneTrack } from './people.js';

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${id}`);
}

const stage = element('stage', HTMLElement);
const remote = element('remote', HTMLVideoElement);
const self = element('self', HTMLVideoElement);
const left = element('left', HTMLElement);
const said = element('said', HTMLOutputElement);
const dialog = element('dialog', HTMLDialogElement);

/** @type {{mine: MediaStream, peers: RTCPeerConnection[]} | undefined} */
let call;

/** Both ends of the call, and the streams that each side sends. */
async function join() {
  const sound = new AudioContext();
  const here = new RTCPeerConnection();
  const there = new RTCPeerConnection();
  here.onicecandidate = ({ candidate }) => there.addIceCandidate(candidate ?? undefined);
  there.onicecandidate = ({ candidate }) => here.addIceCandidate(candidate ?? undefined);
  here.onconnectionstatechange = () => say(here.connectionState === 'connected' ? 'Connected' : here.connectionState);
  here.ontrack = ({ streams: [stream] }) => {
    if (remote.srcObject === stream) return;
    remote.srcObject = stream;
    play();
  };

  const mine = new MediaStream([...selfStream().getTracks(), toneTrack(sound, 0)]);
  const theirs = new MediaStream([...personStream().getTracks(), toneTrack(sound, 0.02)]);
  for (const track of mine.getTracks()) here.addTrack(track, mine);
  for (const track of theirs.getTracks()) there.addTrack(track, theirs);
  self.srcObject = mine;
  call = { mine, peers: [here, there] };
  // Browsers block sound until the person has done something in the page.
  addEventListener('pointerdown', () => sound.resume().then(play), { once: true });

  await here.setLocalDescription();
  await there.setRemoteDescription(described(here));
  await there.setLocalDescription();
  await here.setRemoteDescription(described(there));
}

/** @param {RTCPeerConnection} peer */
function described(peer) {
  if (peer.localDescription) return peer.localDescription;
  throw new Error('the peer has no description yet');
}

/** Plays with sound if the browser allows it, otherwise silently. */
async function play() {
  remote.muted = pressed('sound');
  try {
    await remote.play();
  } catch (problem) {
    if (!(problem instanceof DOMException) || problem.name !== 'NotAllowedError') return;
    remote.muted = true;
    await remote.play().catch(() => say('The browser does not play the video'));
  }
}

function leave() {
  for (const peer of call?.peers ?? []) peer.close();
  call = undefined;
  remote.srcObject = null;
  self.srcObject = null;
  left.hidden = false;
  say('You left');
}

/** @param {string} text */
function say(text) {
  said.value = text;
}

/** @param {string} id */
function pressed(id) {
  return element(id, HTMLButtonElement).ariaPressed === 'true';
}

/** @type {Record<string, (on: boolean) => void>} */
const buttons = {
  mute(on) {
    for (const track of call?.mine.getAudioTracks() ?? []) track.enabled = !on;
    say(on ? 'You are muted' : 'You can be heard');
  },
  camera(on) {
    for (const track of call?.mine.getVideoTracks() ?? []) track.enabled = !on;
    say(on ? 'Your camera is off' : 'Your camera is on');
  },
  sound(on) {
    remote.muted = on;
    say(on ? 'Sound off' : 'Sound on');
  },
  fullscreen(on) {
    if (on) stage.requestFullscreen();
    else document.exitFullscreen();
  },
  settings: () => dialog.showModal(),
  'next-room'() {
    const number = roomNumber() + 1;
    const [, profile] = location.pathname.split('/');
    history.pushState(null, '', `/${profile}/room/${number}`);
    showRoom();
  },
  leave,
  rejoin() {
    left.hidden = true;
    join();
  },
};

for (const [id, act] of Object.entries(buttons)) {
  const button = element(id, HTMLButtonElement);
  button.addEventListener('click', () => {
    button.dataset.clicks = String(Number(button.dataset.clicks ?? 0) + 1);
    if (button.ariaPressed !== null) button.ariaPressed = String(button.ariaPressed !== 'true');
    act(button.ariaPressed === 'true');
  });
}

// Counts clicks on the picture, too, because everything beside an overlay must stay clickable.
stage.addEventListener('click', () => {
  stage.dataset.clicks = String(Number(stage.dataset.clicks ?? 0) + 1);
});
document.addEventListener('fullscreenchange', () => {
  element('fullscreen', HTMLButtonElement).ariaPressed = String(document.fullscreenElement !== null);
});
addEventListener('popstate', showRoom);

function roomNumber() {
  return Number(/\/room\/(\d+)$/.exec(location.pathname)?.[1] ?? 1);
}

function showRoom() {
  element('room', HTMLElement).textContent = `Room ${roomNumber()}`;
}

showRoom();
await join();
