// The player's clocks. Nothing is ever counted: every step says what the clocks show.

/** Milliseconds that never go backwards. */
export const steadyMs = () => Math.round(performance.now());

/** What the engine wants to know of this moment; heardMs is how far the sound has run, or null. */
export const clocks = (heardMs) => ({ steady_ms: steadyMs(), wall_ms: Date.now(), heard_ms: heardMs });

/** A moment as the log writes it, with the offset of this place at that time. */
export function written(wallMs) {
  const minutes = -new Date(wallMs).getTimezoneOffset();
  const two = (n) => String(n).padStart(2, "0");
  const away = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  const local = new Date(wallMs + minutes * 60_000).toISOString().slice(0, -1);
  return `${local}${offset}[${offset}]`;
}
