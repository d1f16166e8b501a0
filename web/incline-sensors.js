// The sensors of a phone, as browsers give them: the permission, and the newest value of each. What they mean is for the
// engine.

/** A motion event this old says nothing of now; angles are reported only when they change. */
const STALE_MS = 500;

/**
 * Asks for the sensors, from a tap: browsers that ask the person do so only then. "granted", "denied", "insecure" where
 * the page did not come over https, or "none".
 */
export async function askForSensors(scope = globalThis) {
  // Without https browsers take the sensors away; some leave them there and stay silent.
  if (!scope.isSecureContext) return "insecure";
  const { DeviceOrientationEvent: orientation, DeviceMotionEvent: motion } = scope;
  if (!orientation) return "none";
  // Both in the same tap; the answer of one would come too late for the other.
  const [angles] = await Promise.allSettled([orientation, motion].map(async (event) =>
    (typeof event?.requestPermission === "function" ? event.requestPermission() : "granted")));
  // The motion is of use and not needed.
  return angles.value === "granted" ? "granted" : "denied";
}

export class Sensors {
  #scope;
  #angles = null;
  #acceleration = null;
  #movedAtMs = -Infinity;
  #clock;

  constructor(clock, scope = globalThis) {
    this.#clock = clock;
    this.#scope = scope;
  }

  start() {
    this.#scope.addEventListener("deviceorientation", this);
    this.#scope.addEventListener("devicemotion", this);
  }

  stop() {
    this.#scope.removeEventListener("deviceorientation", this);
    this.#scope.removeEventListener("devicemotion", this);
    this.#angles = this.#acceleration = null;
  }

  handleEvent(event) {
    if (event.type === "devicemotion") {
      this.#acceleration = numbers([event.accelerationIncludingGravity?.x, event.accelerationIncludingGravity?.y, event.accelerationIncludingGravity?.z]);
      this.#movedAtMs = this.#clock();
    } else {
      // A first event without values is normal.
      this.#angles = numbers([event.beta, event.gamma]);
    }
  }

  /** What is known now, for the engine. */
  look() {
    const now = this.#clock();
    const acceleration = now - this.#movedAtMs <= STALE_MS ? this.#acceleration : null;
    return { at_ms: now, angles: this.#angles, acceleration };
  }
}

const numbers = (values) => (values.every(Number.isFinite) ? values : null);
