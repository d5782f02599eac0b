import { Delayed, Skeletons } from "../../../ui/skeletons.tsx";

/** Grey lines, and after three seconds a sentence that says it is still going on. */
export function SlowSkeletons({ label, long }: { readonly label: string; readonly long: string }) {
  return (
    <>
      <Skeletons lines={5} label={label} />
      <Delayed by={3000}>
        <p role="status">{long}</p>
      </Delayed>
    </>
  );
}
