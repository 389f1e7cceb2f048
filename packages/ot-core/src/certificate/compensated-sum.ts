// A sum of products in twice the working precision. Ogita, Rump & Oishi, Accurate Sum and Dot Product (2005), Algorithm
// 5.3.

/** Veltkamp's constant: splits a float64 into two halves of 26 bits. */
const SPLITTER = 2 ** 27 + 1;

/**
 * A running sum whose rounding errors are summed too. Needs |terms| below 1e290, so that splitting cannot overflow; an
 * infinite term, mass on a forbidden pair, makes the sum infinite.
 */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  /** Adds a number; what rounding drops is kept (Knuth's two-sum). */
  add(term: number): void {
    const next = this.#sum + term;
    if (next === Infinity || next === -Infinity) {
      this.#sum = next;
      return;
    }
    const part = next - this.#sum;
    this.#lost += this.#sum - (next - part) + (term - part);
    this.#sum = next;
  }

  /** Adds x · y, and the error of that product (Dekker's two-product). */
  addProduct(x: number, y: number): void {
    const product = x * y;
    if (product === Infinity || product === -Infinity) {
      this.add(product);
      return;
    }
    const scaledX = SPLITTER * x;
    const scaledY = SPLITTER * y;
    const highX = scaledX - (scaledX - x);
    const highY = scaledY - (scaledY - y);
    const lowX = x - highX;
    const lowY = y - highY;
    this.#lost += lowX * lowY - (product - highX * highY - lowX * highY - highX * lowY);
    this.add(product);
  }

  /** The sum, rounded once. */
  get value(): number {
    return this.#sum + this.#lost;
  }

  /** The difference of two sums, rounded once: it may be far below the last digit of either. */
  minus(other: CompensatedSum): number {
    return this.#sum - other.#sum + (this.#lost - other.#lost);
  }
}
