import type { Remembered } from "../position.ts";

/** Rows that are read together and committed together. */
export type Part = {
  readonly last: boolean;
  /** The source itself keeps the keys of these rows apart and filled. */
  readonly keysProven: boolean;
  /** Runs `copy` with the condition on these rows, inside the source's transaction they belong to; twice if need be. */
  read<T>(copy: (where: string | undefined) => Promise<T>): Promise<T>;
  /** What the destination has to remember once these rows are there; known when they were read. */
  reached(): Remembered;
};
