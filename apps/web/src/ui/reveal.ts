/** Opens every fold an element lies in, so that it can take the focus. */
export function reveal(element: Element): void {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
}
