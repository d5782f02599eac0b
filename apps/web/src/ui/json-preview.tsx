import { Fragment, type ReactElement } from "react";
import { CopyButton } from "./copy-button.tsx";
import { jsonTokens, keyName, type Token } from "./json-tokens.ts";
import classes from "./json-preview.module.css";

type Props = {
  /** JSON text exactly as it will be sent; never parsed here. */
  readonly text: string;
  /** Names the region: "Row 3 of 20 as JSON". */
  readonly label: string;
  /** The last names on the way to the key just edited, `["address", "city"]`; its line stands out. */
  readonly highlight?: readonly string[] | undefined;
  readonly copyable?: boolean;
};

/** JSON in colours, with the key just edited marked. Its changes are not spoken. */
export function JsonPreview({ text, label, highlight, copyable = true }: Props): ReactElement {
  return (
    <div className={classes.frame}>
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {withPaths(linesOf(jsonTokens(text))).map(({ line, path }, index) => (
          <Fragment key={index}>
            {index > 0 && "\n"}
            <span className={endsWith(path, highlight) ? classes.marked : undefined}>
              {line.map((token, position) =>
                token.kind === "space" ? (
                  token.text
                ) : (
                  <span key={position} className={classes[token.kind]}>
                    {token.text}
                  </span>
                ),
              )}
            </span>
          </Fragment>
        ))}
      </pre>
      {copyable && (
        <div className={classes.copy}>
          <CopyButton text={text} label="Copy" describe="Copy the JSON" variant="subtle" />
        </div>
      )}
    </div>
  );
}

function endsWith(path: readonly string[], end: readonly string[] | undefined): boolean {
  if (!end || end.length === 0 || path.length < end.length) return false;
  return end.every((name, index) => name === path[path.length - end.length + index]);
}

type Line = {
  readonly line: readonly Token[];
  /** Leads to the line's own key; empty for a line without one. */ readonly path: readonly string[];
};

/** Each line with the keys around its first key. */
function withPaths(lines: readonly (readonly Token[])[]): Line[] {
  const around: string[] = [];
  let last = "";
  return lines.map((line) => {
    let path: readonly string[] = [];
    for (const token of line) {
      if (token.kind === "key") {
        last = keyName(token);
        if (path.length === 0) path = [...around, last].filter((name) => name !== "");
      } else if (token.text === "{" || token.text === "[") {
        around.push(last);
        last = "";
      } else if (token.text === "}" || token.text === "]") around.pop();
    }
    return { line, path };
  });
}

function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    const parts = token.kind === "space" ? token.text.split("\n") : [token.text];
    for (const [index, part] of parts.entries()) {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ kind: token.kind, text: part });
    }
  }
  return lines;
}
