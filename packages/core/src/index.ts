export * from "./settings.ts";
export * from "./steps.ts";
export * from "./write-modes.ts";
