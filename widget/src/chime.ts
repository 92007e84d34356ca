/** The tone of a reply that came unseen: a module of its own, for the projects that want one. */

export interface ChimeModule {
  chime(): void;
}

/** Two soft tones, half a second in all. Throws where the browser has no sound. */
export function chime(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0.05, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.5);
  [660, 880].forEach((frequency, place) => {
    const tone = audio.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start(audio.currentTime + place * 0.12);
    tone.stop(audio.currentTime + 0.5);
    if (place) tone.onended = () => void audio.close();
  });
}
