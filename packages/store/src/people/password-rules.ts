/** Words that guessing starts with. A password that is one of them with digits, repeats or look-alikes is refused. */
const commonWords = [
  "password",
  "passwort",
  "passphrase",
  "passw",
  "secret",
  "changeme",
  "letmein",
  "welcome",
  "admin",
  "administrator",
  "root",
  "user",
  "login",
  "master",
  "access",
  "default",
  "guest",
  "test",
  "testing",
  "demo",
  "temp",
  "temporary",
  "qwerty",
  "qwertyuiop",
  "qwertz",
  "azerty",
  "asdfgh",
  "asdfghjkl",
  "zxcvbnm",
  "qazwsx",
  "qazwsxedc",
  "iloveyou",
  "loveyou",
  "sunshine",
  "princess",
  "monkey",
  "dragon",
  "football",
  "baseball",
  "basketball",
  "superman",
  "batman",
  "pokemon",
  "starwars",
  "whatever",
  "trustno",
  "michael",
  "jennifer",
  "jordan",
  "charlie",
  "shadow",
  "freedom",
  "mustang",
  "computer",
  "internet",
  "killer",
  "hello",
  "helloworld",
  "correcthorsebatterystaple",
  "thequickbrownfox",
  "abcdefgh",
  "abcdefghijkl",
  "abcdefghijklm",
  "abc",
  "database",
  "postgres",
  "postgresql",
  "headgate",
  "company",
  "summer",
  "winter",
  "spring",
  "autumn",
  "monday",
  "january",
] as const;

const lookAlikes: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};
const rows = [
  "1234567890",
  "0987654321",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "1qaz2wsx3edc4rfv5tgb",
];

/**
 * Says why a password is too easy to guess, or undefined. Length is judged by the contract; here is what attackers
 * try first: common words in disguise, repeats, rows of the keyboard, and the person's own name. [R4]
 */
export function passwordFault(password: string, person: { name: string; email: string }): string | undefined {
  const text = password.toLowerCase();
  if (isRepeated(text)) return "This password repeats itself. Use a short sentence only you would say.";
  if (isRow(text)) return "This password is a row of the keyboard or of the alphabet. Use a short sentence instead.";
  const own = [...person.name.toLowerCase().split(/\s+/), ...person.email.toLowerCase().split(/[@.+_-]/)];
  if (
    leftover(
      text,
      own.filter((word) => word.length >= 3),
    ) < 6
  )
    return "This password is little more than your name or e-mail address. Use a short sentence instead.";
  if (leftover(text, commonWords) < 4)
    return "This password is one of the first that attackers try. Use a short sentence only you would say.";
  return undefined;
}

function isRepeated(text: string): boolean {
  return /^(.{1,4})\1*.{0,3}$/su.test(text) && new Set(text).size <= 4;
}

function isRow(text: string): boolean {
  const plain = text.replace(/[^a-z0-9]/g, "");
  return plain.length > 0 && rows.some((row) => row.repeat(3).includes(plain));
}

/** How many letters remain after words, digits and marks are taken away, reading the password plainly or disguised. */
function leftover(text: string, words: readonly string[]): number {
  const disguised = text.replace(/[013457@$!]/g, (character) => lookAlikes[character] ?? character);
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const strip = (candidate: string): number =>
    longestFirst.reduce((rest, word) => rest.replaceAll(word, ""), candidate).replace(/[\d\p{P}\p{S}\s]/gu, "").length;
  const found = longestFirst.some((word) => text.includes(word) || disguised.includes(word));
  return found ? Math.min(strip(text), strip(disguised)) : Number.POSITIVE_INFINITY;
}
