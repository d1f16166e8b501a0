/** Waits until something holds; what takes 20 s never will. */
export async function until(holds) {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came to this: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
