// A phone in somebody's hand: its sensors say what they would, sixty times a second, through Chromium's own emulation.

/** Looks a second. */
const HZ = 60;
const GRAVITY = 9.81;
const half = (degrees) => (degrees * Math.PI) / 360;

/** A turn about one of the phone's axes, as a quaternion [x, y, z, w]. */
export function about(axis, degrees) {
  const turn = [0, 0, 0, Math.cos(half(degrees))];
  turn["xyz".indexOf(axis)] = Math.sin(half(degrees));
  return turn;
}

/** One turn after the other, each about the phone's own axes. */
export function then(...turns) {
  return turns.reduce(([ax, ay, az, aw], [bx, by, bz, bw]) => [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ]);
}

/** Upright, its top up, its back towards where somebody faces: at a wall, or on a shin that stands. */
export const UPRIGHT = about("x", 90);
/** On a shin that leans forward so far, and sideways. */
export const shin = (lean, aside = 0) => then(about("z", 200), UPRIGHT, about("z", aside), about("x", lean));

/** What is up, in the frame of the phone. */
function up([x, y, z, w]) {
  return [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)];
}

export class Phone {
  #devtools;
  #lies;

  /** Gives the page sensors. A page that is open already has to be loaded again. */
  static async of(page, lies = about("x", 0)) {
    const phone = new Phone();
    phone.#devtools = await page.context().newCDPSession(page);
    for (const type of ["accelerometer", "linear-acceleration", "gyroscope", "relative-orientation"]) {
      await phone.#devtools.send("Emulation.setSensorOverrideEnabled", { type, enabled: true, metadata: { available: true } });
    }
    await phone.put(lies);
    return phone;
  }

  /** It lies so now. `shaken` is by how much more than gravity it is pushed along its x axis, in m/s². */
  async put(lies, shaken = 0) {
    this.#lies = lies;
    const [x, y, z, w] = lies;
    const xyz = (values) => ({ xyz: { x: values[0], y: values[1], z: values[2] } });
    const gravity = up(lies).map((part) => part * GRAVITY);
    const read = (type, reading) => this.#devtools.send("Emulation.setSensorOverrideReadings", { type, reading });
    await Promise.all([
      read("relative-orientation", { quaternion: { x, y, z, w } }),
      read("accelerometer", xyz([gravity[0] + shaken, gravity[1], gravity[2]])),
      read("linear-acceleration", xyz([shaken, 0, 0])),
      read("gyroscope", xyz([0, 0, 0])),
    ]);
  }

  /** Moves for so long; `at` says how it lies after so many seconds. */
  async moves(seconds, at) {
    const began = performance.now();
    for (let t = 0; t < seconds; t = (performance.now() - began) / 1000) {
      await this.put(at(t));
      await new Promise((resolve) => setTimeout(resolve, 1000 / HZ));
    }
    await this.put(at(seconds));
  }

  /** A living limb: held as well as people can, with a tremor of a tenth of a degree. */
  holds(seconds, lies = this.#lies) {
    return this.moves(seconds, (t) => then(lies, about("x", 0.1 * Math.sin(t * 50))));
  }
}
