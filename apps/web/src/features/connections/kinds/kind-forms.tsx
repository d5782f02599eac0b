import type { DestinationKind } from "@headgate/contract";
import { lazy, Suspense, type ComponentType, type LazyExoticComponent, type ReactElement } from "react";
import { Skeletons } from "../../../ui/skeletons.tsx";
import type { KindFormProps } from "./kind-form-view.tsx";

/** The form of each kind, fetched when somebody chooses it. */
const forms: { readonly [K in DestinationKind]: LazyExoticComponent<ComponentType<KindFormProps<K>>> } = {
  events: lazy(async () => ({ default: (await import("./events/events-form-view.tsx")).EventsFormView })),
  webhook: lazy(async () => ({ default: (await import("./webhook/webhook-form-view.tsx")).WebhookFormView })),
  files: lazy(async () => ({ default: (await import("./files/files-form-view.tsx")).FilesFormView })),
};

type Props<K extends DestinationKind> = KindFormProps<K> & { readonly kind: K };

/** The form of a connection to one kind of destination. */
export function KindFormOf<K extends DestinationKind>({ kind, ...props }: Props<K>): ReactElement {
  const Form = forms[kind] as ComponentType<KindFormProps<K>>;
  return (
    <Suspense fallback={<Skeletons lines={6} />}>
      <Form {...(props as unknown as KindFormProps<K>)} />
    </Suspense>
  );
}
