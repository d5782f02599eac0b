/** A file in the making: nobody sees it before it is complete. */
export type OpenFile = {
  /** Afterwards the bytes are the caller's again. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the file visible under its name, and after it the manifest that says it is complete. */
  finish(manifest: string): Promise<void>;
  /** Leaves nothing behind; safe to call at any time. */
  abandon(): Promise<void>;
};

/** Where files are left. Names have parts divided by `/`. Everything throws a `WriterFault`, or the signal's reason. */
export type FilePlace = {
  /** The manifest beside a complete file; undefined where there is none. */
  findManifest(name: string): Promise<string | undefined>;
  begin(name: string): Promise<OpenFile>;
  close(): Promise<void>;
};

export function manifestName(name: string): string {
  return `${name}.manifest.json`;
}
