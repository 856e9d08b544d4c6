import { createStore } from '../../../api/store.js';

const KEPT = 'lacollecte.muted';
export const muted = createStore(localStorage.getItem(KEPT) === 'yes');
let audio: AudioContext | undefined;

export function mute(quiet: boolean): void {
  localStorage.setItem(KEPT, quiet ? 'yes' : 'no');
  muted.set(quiet);
}

/** Two tones that are told apart without looking: one high and short, the other low, twice. */
export function sound(good: boolean): void {
  if (muted.get()) return;
  audio ??= new AudioContext();
  void audio.resume();
  for (const [after, hertz] of good ? [[0, 1046]] as const : [[0, 196], [0.18, 196]] as const) beep(audio, audio.currentTime + after, hertz);
}

function beep(context: AudioContext, at: number, hertz: number): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = hertz;
  tone.type = hertz < 400 ? 'square' : 'sine';
  volume.gain.setValueAtTime(0.2, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.14);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.15);
}
