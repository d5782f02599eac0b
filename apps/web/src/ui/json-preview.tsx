import { Fragment, type ReactElement } from "react";
import { CopyButton } from "./copy-button.tsx";
import { jsonTokens, keyName, type Token } from "./json-tokens.ts";
import classes from "./json-preview.module.css";

type Props = {
  /** JSON text exactly as it will be sent; never parsed here. */
  readonly text: string;
  /** Names the region: "Row 3 of 20 as JSON". */
  readonly label: string;
  /** The key just edited; its line stands out. */
  readonly highlightKey?: string | undefined;
  readonly copyable?: boolean;
};

/** JSON in colours, with the key just edited marked. Its changes are not spoken. */
export function JsonPreview({ text, label, highlightKey, copyable = true }: Props): ReactElement {
  return (
    <div className={classes.frame}>
      <pre className={classes.text} tabIndex={0} role="region" aria-label={label}>
        {linesOf(jsonTokens(text)).map((line, index) => (
          <Fragment key={index}>
            {index > 0 && "\n"}
            <span className={isMarked(line, highlightKey) ? classes.marked : undefined}>
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

function isMarked(line: readonly Token[], key: string | undefined): boolean {
  return key !== undefined && line.some((token) => token.kind === "key" && keyName(token) === key);
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
