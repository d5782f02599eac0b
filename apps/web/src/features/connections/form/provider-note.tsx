import { IconCloudCheck } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { formCopy } from "./copy.ts";
import classes from "./provider-note.module.css";
import { providerOf, type TypedServer } from "./suggested-tls.ts";

/** Whose server this looks like, with what is worth knowing there. A quiet line: the person may know better. */
export function ProviderNote({ server }: { readonly server: TypedServer }): ReactElement {
  const provider = providerOf(server);
  return (
    // Always there, so that screen readers hear what appears in it.
    <div role="status">
      {provider && (
        <div className={classes.note}>
          <p className={classes.name}>
            <IconCloudCheck size={18} stroke={1.7} aria-hidden />
            {formCopy.looksLike(provider.name)}
          </p>
          {provider.tips.length > 0 && (
            <ul className={classes.tips}>
              {provider.tips.map((tip) => (
                <li key={tip}>{tip}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}
