import { stepIds, type StepId } from "@headgate/contract";
import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import type { StepProps } from "./step-props.ts";

type WizardStep<S extends StepId> = {
  readonly component: LazyExoticComponent<ComponentType<StepProps<S>>>;
  /** Fetches the step's code ahead of time. */
  readonly preload: () => Promise<unknown>;
};

function step<S extends StepId>(load: () => Promise<ComponentType<StepProps<S>>>): WizardStep<S> {
  return { component: lazy(async () => ({ default: await load() })), preload: load };
}

/** The wizard as data: each step of the contract and the component that asks its questions. */
export const wizardSteps: { readonly [S in StepId]: WizardStep<S> } = {
  credentials: step(async () => (await import("./steps/credentials/credentials-step.tsx")).CredentialsStep),
  test: step(async () => (await import("./steps/test/test-step.tsx")).TestStep),
  table: step(async () => (await import("./steps/table/table-step.tsx")).TableStep),
  destination: step(async () => (await import("./steps/destination/destination-step.tsx")).DestinationStep),
  mapping: step(async () => (await import("./steps/mapping/mapping-step.tsx")).MappingStep),
  schedule: step(async () => (await import("./steps/schedule/schedule-step.tsx")).ScheduleStep),
  review: step(async () => (await import("./steps/review/review-step.tsx")).ReviewStep),
};

export function stepAfter(step: StepId): StepId | undefined {
  return stepIds[stepIds.indexOf(step) + 1];
}

export function stepBefore(step: StepId): StepId | undefined {
  return stepIds[stepIds.indexOf(step) - 1];
}
