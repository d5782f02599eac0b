import type { Draft, StepAnswers, StepId, TypedSteps } from "@headgate/contract";
import { judgeStep, type StepFault } from "@headgate/core";
import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";

type Typed<S extends StepId> = NonNullable<TypedSteps[S]>;

/**
 * Judges a form with the very rule the server will judge the step by, and names the same fields in the same words.
 * `more` adds what only the page can know, for example from a catalog.
 */
export function stepResolver<S extends StepId, F extends FieldValues>(
  step: S,
  draft: Draft,
  typedOf: (values: F) => Typed<S>,
  more: (values: F) => readonly StepFault[] = () => [],
): Resolver<F, unknown, StepAnswers[S] & FieldValues> {
  return (values, _context, options) => {
    const typed = typedOf(values);
    const verdict = judgeStep(step, { ...draft.steps, [step]: typed });
    const faults = [...(verdict.complete ? [] : verdict.faults), ...more(values)];
    // Judged complete, and handed on as typed: the server parses it again, and what other kinds hold is kept.
    if (verdict.complete && faults.length === 0) return { values: typed as StepAnswers[S] & FieldValues, errors: {} };
    const paths = faults.map(({ field }) => field);
    const errors = Object.fromEntries(
      faults.toReversed().map(({ field, message }) => [placeOf(field, paths), { type: "rule", message }]),
    );
    return { values: {}, errors: toNestErrors(errors as FieldErrors<F>, options) };
  };
}

/** A fault of a whole list would hide those of its entries; forms keep it beside them as `root`. */
function placeOf(field: string, paths: readonly string[]): string {
  return paths.some((path) => path.startsWith(`${field}.`)) ? `${field}.root` : field;
}
