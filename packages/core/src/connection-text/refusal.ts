/** Thrown inside the readers of this folder only; `parseConnectionText` turns it into an answer. Never holds a value. */
export class Refusal extends Error {}

export function refuse(message: string): never {
  throw new Refusal(message);
}
