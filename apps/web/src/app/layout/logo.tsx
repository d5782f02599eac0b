import type { ReactElement } from "react";

/** The gate half open over running water; the same drawing as `public/logo.svg`. */
export function Logo({ size = 30 }: { readonly size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="#0e5f5f" />
      <path d="M8 7v18M24 7v18" stroke="#f4efe4" strokeWidth="2.6" strokeLinecap="round" />
      <rect x="10.6" y="8" width="10.8" height="7.4" rx="1.4" fill="#e8a55c" />
      <path
        d="M4.5 19.6q2.9-2.3 5.75 0t5.75 0 5.75 0 5.75 0M4.5 24q2.9-2.3 5.75 0t5.75 0 5.75 0 5.75 0"
        fill="none"
        stroke="#9fdcd6"
        strokeWidth="1.9"
        strokeLinecap="round"
      />
    </svg>
  );
}
