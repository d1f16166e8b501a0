// The permission and the sensors as the browsers give them that cannot run here: an iPhone's, and some without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sensors, askForSensors } from "../../web/incline-sensors.js";

/** A browser of which this is known; `events` are what it has. */
const browser = (events, isSecureContext = true) => ({ isSecureContext, ...events });
const asks = (answer, log = []) => class {
  static requestPermission() {
    log.push(answer);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
};

test("where nobody has to be asked the sensors are there", async () => {
  assert.equal(await askForSensors(browser({ DeviceOrientationEvent: class {}, DeviceMotionEvent: class {} })), "granted");
  assert.equal(await askForSensors(browser({ DeviceOrientationEvent: class {} })), "granted", "angles alone are enough");
});

test("an iPhone is asked for both in one tap", async () => {
  const log = [];
  const asked = askForSensors(browser({ DeviceOrientationEvent: asks("granted", log), DeviceMotionEvent: asks("granted", log) }));
  assert.equal(log.length, 2, "before anything is waited for: a tap is over then");
  assert.equal(await asked, "granted");
});

test("a no is a no, and without the motion it goes on", async () => {
  const denied = (answer) => askForSensors(browser({ DeviceOrientationEvent: asks(answer), DeviceMotionEvent: asks("granted") }));
  assert.equal(await denied("denied"), "denied");
  assert.equal(await denied(new Error("NotAllowedError")), "denied", "asked without a tap");
  const still = browser({ DeviceOrientationEvent: asks("granted"), DeviceMotionEvent: asks(new Error("NotAllowedError")) });
  assert.equal(await askForSensors(still), "granted");
});

test("without https and without sensors it is said which", async () => {
  assert.equal(await askForSensors(browser({}, false)), "insecure");
  assert.equal(await askForSensors(browser({ DeviceOrientationEvent: class {} }, false)), "insecure");
  assert.equal(await askForSensors(browser({})), "none");
});

test("the newest values are looked at, and nothing is made of none", () => {
  const scope = new EventTarget();
  let now = 0;
  const sensors = new Sensors(() => now, scope);
  const send = (type, values) => scope.dispatchEvent(Object.assign(new Event(type), values));
  sensors.start();
  assert.deepEqual(sensors.look(), { at_ms: 0, angles: null, acceleration: null });
  send("deviceorientation", { alpha: null, beta: null, gamma: null });
  assert.equal(sensors.look().angles, null, "a first event without values");
  send("deviceorientation", { alpha: null, beta: 30.6, gamma: -2 });
  send("devicemotion", { accelerationIncludingGravity: { x: 0, y: 4.9, z: 8.5 } });
  now = 400;
  assert.deepEqual(sensors.look(), { at_ms: 400, angles: [30.6, -2], acceleration: [0, 4.9, 8.5] });
  now = 60_000;
  assert.deepEqual(sensors.look(), { at_ms: 60_000, angles: [30.6, -2], acceleration: null }, "a still phone sends no angles");
  send("devicemotion", { accelerationIncludingGravity: null });
  assert.equal(sensors.look().acceleration, null);
  sensors.stop();
  send("deviceorientation", { beta: 1, gamma: 1 });
  assert.equal(sensors.look().angles, null, "nobody listens any more");
});
