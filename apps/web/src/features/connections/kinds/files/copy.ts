import type { CsvOptions, FileFormat, FileNameToken, FilesSettings } from "@headgate/contract";

export const filesFormCopy = {
  legend: "Files",
  place: "Where are the files kept?",
  folder: "Folder",
  folderHint:
    "Inside the folder that whoever runs Headgate has set aside for files, for example exports/shop. Empty means that folder itself.",
  rootFolder: "the folder for files",
  endpoint: "Address of the storage",
  endpointHint: "For example https://s3.eu-central-1.amazonaws.com",
  region: "Region",
  regionHint: "As the storage names it; us-east-1 where there is none",
  bucket: "Bucket",
  prefix: "Folder in the bucket (optional)",
  prefixHint: "For example exports/shop",
  accessKeyId: "Access key ID",
  secretKey: "Secret access key",
  secretKeyHint: "Stored encrypted, and never shown again",
  secretKeyMissing: "Enter the secret access key.",
  format: "What kind of files?",
  compression: "Compress the files with gzip",
  compressionHint: "The names then end in .gz. Most programs open them as they are.",
  nameTemplate: "File name",
  nameHint: "Text and placeholders. Every run writes one new file; the ending follows from the kind.",
  insert: "Insert",
  example: "For example",
  csv: "How the CSV is written",
  csvHint: "Separator, line ends, empty values",
  delimiter: "Values are separated by",
  header: "The first line names the columns",
  lineEnd: "Lines end with",
  nullText: "An empty database value is written as",
  nullTextHint: "Empty text is written as two quotation marks, so both can be told apart.",
  guardFormulas: "Guard against formulas",
  guardFormulasHint:
    "Puts an apostrophe in front of text that a spreadsheet would take for a formula. This changes the data.",
  byteOrderMark: "Tell Excel that the text is UTF-8",
  preview: "The first lines",
  filesOf: { csv: "CSV files", jsonl: "JSON Lines files", parquet: "Parquet files" } satisfies Record<
    FileFormat,
    string
  >,
} as const;

export const placeCards: Readonly<Record<FilesSettings["place"], { title: string; text: string }>> = {
  folder: { title: "A folder on Headgate's machine", text: "Also a network drive that is mounted there." },
  s3: { title: "S3-compatible storage", text: "Amazon S3, MinIO, Cloudflare R2, Hetzner and many others." },
};

export const formatCards: Readonly<Record<FileFormat, { title: string; text: string }>> = {
  csv: { title: "CSV", text: "One line a row. Opens in Excel and nearly everything else." },
  jsonl: { title: "JSON Lines", text: "One JSON object a row. For programs; keeps numbers and lists as they are." },
  parquet: { title: "Parquet", text: "Small and typed, by columns. For data warehouses and analysis." },
};

export const fileTokenWords: Readonly<Record<FileNameToken, string>> = {
  flow: "the flow's name",
  table: "the table",
  date: "the day of the run",
  time: "its time, in UTC",
  run: "the run's id",
};

export const delimiters: readonly { readonly value: CsvOptions["delimiter"]; readonly label: string }[] = [
  { value: ",", label: "Comma" },
  { value: ";", label: "Semicolon" },
  { value: "\t", label: "Tab" },
  { value: "|", label: "Vertical bar" },
];

export const lineEnds: readonly { readonly value: CsvOptions["lineEnd"]; readonly label: string }[] = [
  { value: "crlf", label: "CR LF, as Excel expects" },
  { value: "lf", label: "LF, as most programs like it" },
];
