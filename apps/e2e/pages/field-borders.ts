/**
 * Runs in the page: the text fields whose border stands out less than 3:1 from what is around or inside it, although
 * the border is all that shows where to type (WCAG 1.4.11). axe does not look at borders.
 */
export function weakFieldBorders(): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  function parse(colour: string): Colour {
    if (!brush) throw new Error("This browser cannot draw.");
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function over([r, g, b, a]: Colour, [red, green, blue]: Colour): Colour {
    return [r * a + red * (1 - a), g * a + green * (1 - a), b * a + blue * (1 - a), 1];
  }

  function background(element: Element | null): Colour {
    if (!element) return [255, 255, 255, 1];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, background(element.parentElement));
  }

  function luminance([red, green, blue]: Colour): number {
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function contrast(one: Colour, other: Colour): number {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  return [...document.querySelectorAll("input, select, textarea")].flatMap((field) => {
    const plain = field instanceof HTMLInputElement && /^(checkbox|radio|hidden|file)$/.test(field.type);
    if (plain || field.matches(":disabled") || !field.checkVisibility() || field.getBoundingClientRect().width < 2)
      return [];
    // Some fields draw their frame on the element around them.
    const frame = parseFloat(getComputedStyle(field).borderTopWidth) > 0 ? field : (field.parentElement ?? field);
    const around = background(frame.parentElement);
    const border = over(parse(getComputedStyle(frame).borderTopColor), around);
    const ratio = Math.min(contrast(border, around), contrast(border, background(frame)));
    return ratio >= 3 ? [] : [`${field.id || field.outerHTML.slice(0, 80)}: ${ratio.toFixed(2)}`];
  });
}
