import type { StepAnswers } from "@headgate/contract";

export type ReviewAnswers = StepAnswers["review"];
