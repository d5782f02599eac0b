/** One setting as a connection text gives it. The value can be a secret: no message may repeat it. */
export type Pair = {
  readonly key: string;
  readonly value: string;
  /** Where it stood, when that matters: a host behind the question mark is not the one people see. */
  readonly from?: "query";
};
