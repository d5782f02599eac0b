/**
 * Keeps a flow's state where the destination may not: in our own store. Rows and state are two commits then, so that
 * after a crash between them one page is sent again (V27); which attempt may write is still decided in one place.
 */
export type StateKeeper = {
  /** Makes this attempt the flow's only one and answers the state; undefined when a later attempt already did. */
  readonly claim: () => Promise<unknown>;
  /** Whether this attempt still is the flow's only one, and the state stands at `seq`. */
  readonly holds: (seq: string) => Promise<boolean>;
  /** Writes down what has been committed, as the step after `seq`; false when a later attempt has taken over. */
  readonly save: (seq: string, state: OutsideState) => Promise<boolean>;
};

export type OutsideState = {
  readonly runId: string;
  readonly receipt: unknown;
  readonly position: unknown;
  readonly identity: unknown;
};
