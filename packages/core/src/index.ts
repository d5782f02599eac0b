export * from "./steps.ts";
export * from "./write-modes.ts";
